/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The block of native memory that NVML's functions write their results to. It is allocated once, and its fields have fixed
 * addresses. Reading a number does not allocate. Used by one thread at a time.
 */
final class NvmlBlock {
    /** The size of a text field, its final 0 included. */
    static final int TEXT_BYTES = 96;

    private static final int FIRST = 0;
    private static final int SECOND = 8;
    private static final int TEXT = 64;
    private static final int FIELD = 192;
    private static final int ATTRIBUTES = 256;
    private static final int BYTES = 320;

    /** The members of nvmlFieldValue_t, which has 40 bytes. */
    private static final int FIELD_SCOPE = 4;

    private static final int FIELD_TYPE = 24;
    private static final int FIELD_RETURN = 28;
    private static final int FIELD_VALUE = 32;

    /** nvmlDeviceAttributes_t.gpuInstanceSliceCount. */
    private static final int SLICE_COUNT = 24;

    /** Characters that control a terminal or end a line. */
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");

    private final ByteBuffer block = direct(BYTES);
    private final long base = address(block);

    /** Allocates native memory in the byte order of the machine. */
    static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    static long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    /** The address of the first number or handle. */
    long first() {
        return base + FIRST;
    }

    /** The address of the second number. */
    long second() {
        return base + SECOND;
    }

    /** The address of the text. */
    long text() {
        return base + TEXT;
    }

    /** The address of an nvmlFieldValue_t. */
    long field() {
        return base + FIELD;
    }

    /** The address of an nvmlDeviceAttributes_t. */
    long attributes() {
        return base + ATTRIBUTES;
    }

    int firstInt() {
        return block.getInt(FIRST);
    }

    long firstLong() {
        return block.getLong(FIRST);
    }

    int secondInt() {
        return block.getInt(SECOND);
    }

    void putText(String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        block.put(TEXT, bytes).put(TEXT + bytes.length, (byte) 0);
    }

    /** The text, with a question mark for each character that is not printable. */
    String textValue() {
        int length = 0;
        while (length < TEXT_BYTES && block.get(TEXT + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        block.get(TEXT, bytes);
        return NOT_PRINTABLE
                .matcher(new String(bytes, StandardCharsets.UTF_8))
                .replaceAll("?")
                .strip();
    }

    void putField(int fieldId, int scope) {
        block.putInt(FIELD, fieldId).putInt(FIELD + FIELD_SCOPE, scope);
    }

    /** Copies the field's value to the first number; returns the field's code. */
    int takeField() {
        block.putLong(FIRST, fieldValue());
        return block.getInt(FIELD + FIELD_RETURN);
    }

    /** The value is a union, whose type is a member of the structure. */
    private long fieldValue() {
        int at = FIELD + FIELD_VALUE;
        return switch (block.getInt(FIELD + FIELD_TYPE)) {
            case 0 -> Math.round(block.getDouble(at));
            case 1 -> Integer.toUnsignedLong(block.getInt(at));
            case 5 -> block.getInt(at);
            case 6 -> Short.toUnsignedLong(block.getShort(at));
            default -> block.getLong(at);
        };
    }

    /** Copies the slice count of the attributes to the first number. */
    void takeSliceCount() {
        block.putInt(FIRST, block.getInt(ATTRIBUTES + SLICE_COUNT));
    }
}
