/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads TensorBoard's event files by the formats' own descriptions: TFRecord, CRC-32C bit by bit (RFC 3720, B.4), and
 * the wire format of protocol buffers. It shares no code with what writes them.
 *
 * @param version what the first event says
 * @param events the others
 * @param leftBytes the number of bytes after the last whole record
 */
record EventFile(String version, List<Event> events, int leftBytes) {

    /** A value as the file has it. */
    record Event(double wallTime, long step, String tag, float value) {}

    /** The only event file in a directory. */
    static Path in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found = files.toList();
            if (found.size() != 1) {
                throw new AssertionError("not one event file: " + found);
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EventFile read(Path file) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = "";
        List<Event> events = new ArrayList<>();
        while (bytes.remaining() >= 12 && bytes.getLong(bytes.position()) + 16 <= bytes.remaining()) {
            byte[] head = new byte[8];
            bytes.get(head);
            check(head, bytes.getInt());
            byte[] message = new byte
                    [(int) ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong()];
            bytes.get(message);
            check(message, bytes.getInt());
            Fields event = new Fields(message);
            if (version.isEmpty()) {
                version = event.version;
            } else {
                events.add(new Event(event.wallTime, event.step, event.tag, event.value));
            }
        }
        return new EventFile(version, events, bytes.remaining());
    }

    private static void check(byte[] bytes, int masked) {
        int crc = ~0;
        for (byte each : bytes) {
            crc ^= each & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82F63B78);
            }
        }
        crc = ~crc;
        int expected = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
        if (expected != masked) {
            throw new AssertionError(
                    "checksum " + Integer.toHexString(masked) + " is not " + Integer.toHexString(expected));
        }
    }

    /** Event 1 double, 2 int64, 3 string, 5 Summary; Summary 1 Value; Value 1 string, 2 float. */
    private static final class Fields {
        private double wallTime;
        private long step;
        private String version = "";
        private String tag = "";
        private float value;

        Fields(byte[] event) {
            ByteBuffer in = ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                int key = (int) varint(in);
                switch (key) {
                    case 1 << 3 | 1 -> wallTime = in.getDouble();
                    case 2 << 3 -> step = varint(in);
                    case 3 << 3 | 2 -> version = new String(bytes(in), StandardCharsets.UTF_8);
                    case 5 << 3 | 2 -> summary(bytes(in));
                    default -> throw new AssertionError("key " + key);
                }
            }
        }

        private void summary(byte[] summary) {
            ByteBuffer in = ByteBuffer.wrap(summary);
            if (varint(in) != (1 << 3 | 2)) {
                throw new AssertionError("no value in the summary");
            }
            ByteBuffer each = ByteBuffer.wrap(bytes(in)).order(ByteOrder.LITTLE_ENDIAN);
            while (each.hasRemaining()) {
                int key = (int) varint(each);
                switch (key) {
                    case 1 << 3 | 2 -> tag = new String(bytes(each), StandardCharsets.UTF_8);
                    case 2 << 3 | 5 -> value = each.getFloat();
                    default -> throw new AssertionError("key " + key);
                }
            }
        }

        private static byte[] bytes(ByteBuffer in) {
            byte[] bytes = new byte[(int) varint(in)];
            in.get(bytes);
            return bytes;
        }

        private static long varint(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = in.get();
                value |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}
