/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what HotSpot publishes, as version 2 of its format has it: a head of 32 bytes, then the entries. */
final class PerfDataFile {
    private static final int HEAD_BYTES = 32;
    private static final int ENTRY_HEAD_BYTES = 20;

    private final ByteOrder order;
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private int count;

    PerfDataFile(ByteOrder order) {
        this.order = order;
    }

    PerfDataFile text(String name, String value) {
        byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] valueBytes = (value + "\0").getBytes(StandardCharsets.UTF_8);
        return entry(nameBytes, 'B', valueBytes.length, valueBytes);
    }

    PerfDataFile number(String name, long value) {
        byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
        return entry(
                nameBytes,
                'J',
                0,
                ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    private PerfDataFile entry(byte[] name, char type, int vectorLength, byte[] value) {
        int valueOffset = (ENTRY_HEAD_BYTES + name.length + 7) / 8 * 8;
        int length = (valueOffset + value.length + 7) / 8 * 8;
        ByteBuffer entry = ByteBuffer.allocate(length).order(order);
        entry.putInt(length).putInt(ENTRY_HEAD_BYTES).putInt(vectorLength);
        entry.put((byte) type).put((byte) 0).put((byte) 5).put((byte) 1).putInt(valueOffset);
        entry.put(name).position(valueOffset);
        entry.put(value);
        entries.writeBytes(entry.array());
        count++;
        return this;
    }

    byte[] bytes() {
        ByteBuffer file = ByteBuffer.allocate(HEAD_BYTES + entries.size());
        file.putInt(0xcafec0c0);
        file.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 0))
                .put((byte) 2)
                .put((byte) 0)
                .put((byte) 1);
        file.order(order).putInt(HEAD_BYTES + entries.size()).putInt(0).putLong(0);
        file.putInt(HEAD_BYTES).putInt(count);
        return file.put(entries.toByteArray()).array();
    }

    Path writeTo(Path temporary, long pid) {
        try {
            Path directory = Files.createDirectories(temporary.resolve("hsperfdata_ada"));
            return Files.write(directory.resolve(Long.toString(pid)), bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
