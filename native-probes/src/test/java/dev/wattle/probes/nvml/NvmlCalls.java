/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;

/** NVML's functions as a C caller sees them: error codes, raw memory, and no idea of ours about either. */
final class NvmlCalls {
    static final int FIELD_BYTES = 40;

    private final NativeLibrary library;

    NvmlCalls(FakeNvml nvml) {
        this(nvml.library());
    }

    NvmlCalls(Path library) {
        this.library = NativeLibrary.getInstance(library.toString());
    }

    static NvmlCalls initialised(FakeNvml nvml) {
        NvmlCalls calls = new NvmlCalls(nvml);
        succeed("nvmlInit_v2", calls.call("nvmlInit_v2"));
        return calls;
    }

    /** The error code. */
    int call(String function, Object... arguments) {
        return library.getFunction(function).invokeInt(arguments);
    }

    String errorString(int code) {
        return library.getFunction("nvmlErrorString").invokeString(new Object[] {code}, false);
    }

    boolean has(String function) {
        try {
            return library.getFunction(function) != null;
        } catch (UnsatisfiedLinkError absent) {
            return false;
        }
    }

    Pointer device(int index) {
        return handle("nvmlDeviceGetHandleByIndex_v2", index);
    }

    /** The handle that the function puts behind its last argument. */
    Pointer handle(String function, Object... arguments) {
        PointerByReference out = new PointerByReference();
        succeed(function, call(function, and(arguments, out)));
        return out.getValue();
    }

    /** The unsigned number that the function puts behind its last argument. */
    long number(String function, Object... arguments) {
        IntByReference out = new IntByReference();
        succeed(function, call(function, and(arguments, out)));
        return Integer.toUnsignedLong(out.getValue());
    }

    String text(String function, Object... arguments) {
        Memory out = new Memory(96);
        succeed(function, call(function, and(and(arguments, out), 96)));
        return out.getString(0);
    }

    long power(Pointer device) {
        return number("nvmlDeviceGetPowerUsage", device);
    }

    long energy(Pointer device) {
        LongByReference out = new LongByReference();
        succeed("energy", call("nvmlDeviceGetTotalEnergyConsumption", device, out));
        return out.getValue();
    }

    /** A single field as NVML fills it. */
    Memory field(Pointer device, int id, int scope) {
        Memory field = fields(id, scope);
        succeed("nvmlDeviceGetFieldValues", call("nvmlDeviceGetFieldValues", device, 1, field));
        return field;
    }

    int fieldCode(Pointer device, int id, int scope) {
        return field(device, id, scope).getInt(28);
    }

    /** The field's value by its type: mW or mJ. */
    long fieldValue(Pointer device, int id, int scope) {
        Memory field = field(device, id, scope);
        succeed("field " + id, field.getInt(28));
        return switch (field.getInt(24)) {
            case 1 -> Integer.toUnsignedLong(field.getInt(32));
            case 3 -> field.getLong(32);
            default -> throw new AssertionError("type " + field.getInt(24));
        };
    }

    /** Room for fields of these ids and scopes, by turns. */
    static Memory fields(int... idsAndScopes) {
        Memory fields = new Memory((long) FIELD_BYTES * idsAndScopes.length / 2);
        fields.clear();
        for (int i = 0; i < idsAndScopes.length; i += 2) {
            fields.setInt((long) FIELD_BYTES * i / 2, idsAndScopes[i]);
            fields.setInt((long) FIELD_BYTES * i / 2 + 4, idsAndScopes[i + 1]);
        }
        return fields;
    }

    private static Object[] and(Object[] arguments, Object last) {
        Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }

    private static void succeed(String what, int code) {
        if (code != 0) {
            throw new AssertionError(what + " returned " + code);
        }
    }
}
