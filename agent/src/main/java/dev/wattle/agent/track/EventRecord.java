/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * One record of a TensorBoard event file: the message Event of TensorFlow's {@code event.proto} in the framing of
 * TFRecord.
 *
 * <p>The framing is the length in 8 bytes, its checksum in 4, the message, and its checksum in 4, all little-endian. A
 * checksum is a CRC-32C, rotated right by 15 bits, plus a constant (TensorFlow, {@code lib/hash/crc32c.h}).
 */
final class EventRecord {
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;

    private static final double MILLIS_PER_SECOND = 1_000;

    private EventRecord() {}

    /** The first record of a file. */
    static byte[] version(long epochMillis) {
        Message event = new Message();
        event.number(WALL_TIME, epochMillis / MILLIS_PER_SECOND);
        event.bytes(FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        return framed(event.bytes());
    }

    /** A value of a curve, which the format holds in single precision. */
    static byte[] of(Scalar scalar) {
        Message value = new Message();
        value.bytes(VALUE_TAG, scalar.key().getBytes(StandardCharsets.UTF_8));
        value.number(VALUE_SIMPLE, (float) scalar.value());
        Message summary = new Message();
        summary.bytes(SUMMARY_VALUE, value.bytes());
        Message event = new Message();
        event.number(WALL_TIME, scalar.epochMillis() / MILLIS_PER_SECOND);
        event.whole(STEP, scalar.step());
        event.bytes(SUMMARY, summary.bytes());
        return framed(event.bytes());
    }

    private static byte[] framed(byte[] message) {
        ByteBuffer record = ByteBuffer.allocate(message.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(message.length);
        record.putInt(checksum(record.array(), 8));
        record.put(message);
        record.putInt(checksum(message, message.length));
        return record.array();
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }

    /** A message of protocol buffers that is being made. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        byte[] bytes() {
            return out.toByteArray();
        }

        void number(int field, double value) {
            key(field, FIXED64);
            fixed(Double.doubleToLongBits(value), Double.BYTES);
        }

        void number(int field, float value) {
            key(field, FIXED32);
            fixed(Float.floatToIntBits(value), Float.BYTES);
        }

        void whole(int field, long value) {
            key(field, VARINT);
            varint(value);
        }

        void bytes(int field, byte[] bytes) {
            key(field, BYTES);
            varint(bytes.length);
            out.writeBytes(bytes);
        }

        private void key(int field, int wireType) {
            varint(field << 3 | wireType);
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        private void fixed(long bits, int bytes) {
            for (int i = 0; i < bytes; i++) {
                out.write((int) (bits >>> 8 * i));
            }
        }
    }
}
