/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.gpu;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** NVML as a C program sees it, for one GPU. Throws an exception if an essential call fails. For one thread. */
final class Nvml implements AutoCloseable {
    static final int SUCCESS = 0;
    static final int FIELD_AVERAGE = 185;
    static final int FIELD_INSTANT = 186;
    static final int FIELD_ENERGY = 191;

    private static final int RTLD_LAZY = 1;
    private static final int PROCESS_BYTES = 24;
    private static final int PROCESSES = 256;

    private final NativeLibrary library;
    private final Pointer device;
    private final Memory out = new Memory(8192);
    private final Memory count = new Memory(8);
    private final Memory field = new Memory(40);

    private Nvml(NativeLibrary library, Pointer device) {
        this.library = library;
        this.device = device;
        field.clear();
    }

    /** Initialises the library and takes a GPU. */
    static Nvml open(String file, int gpu) {
        NativeLibrary library = NativeLibrary.getInstance(file, Map.of(Library.OPTION_OPEN_FLAGS, RTLD_LAZY));
        need("nvmlInit_v2", library.getFunction("nvmlInit_v2").invokeInt(new Object[0]));
        Memory handle = new Memory(8);
        need(
                "nvmlDeviceGetHandleByIndex_v2",
                library.getFunction("nvmlDeviceGetHandleByIndex_v2").invokeInt(new Object[] {gpu, handle}));
        return new Nvml(library, handle.getPointer(0));
    }

    private static void need(String function, int code) {
        if (code != SUCCESS) {
            throw new IllegalStateException(function + " returned " + code);
        }
    }

    /** A call about the GPU whose result nobody looks at; {@code null} where this driver's library lacks the function. */
    Call call(String name) {
        Function function;
        try {
            function = library.getFunction(name);
        } catch (UnsatisfiedLinkError absent) {
            return () -> Call.ABSENT;
        }
        Object[] arguments = switch (name) {
            case "nvmlDeviceGetComputeRunningProcesses_v3" -> new Object[] {device, count, out};
            case "nvmlDeviceGetProcessUtilization" -> new Object[] {device, out, count, 0L};
            case "nvmlErrorString" -> new Object[] {0};
            default -> new Object[] {device, out};
        };
        return () -> {
            count.setInt(0, PROCESSES);
            return function.invokeInt(arguments);
        };
    }

    /** Reads one field. */
    Call fieldCall(int id) {
        Function function = library.getFunction("nvmlDeviceGetFieldValues");
        Object[] arguments = {device, 1, field};
        return () -> {
            field.setInt(0, id);
            field.setInt(4, 0);
            int code = function.invokeInt(arguments);
            return code == SUCCESS ? field.getInt(28) : code;
        };
    }

    /** The 64-bit number that a call left; of a call that returned success. */
    long number() {
        return out.getLong(0);
    }

    /** The 32-bit number that a call left. */
    long smallNumber() {
        return Integer.toUnsignedLong(out.getInt(0));
    }

    /** What a field holds. */
    long fieldNumber() {
        return field.getInt(24) == 1 ? Integer.toUnsignedLong(field.getInt(32)) : field.getLong(32);
    }

    String name() {
        return text("nvmlDeviceGetName", device);
    }

    String driver() {
        return text("nvmlSystemGetDriverVersion");
    }

    private String text(String function, Object... before) {
        Object[] arguments = java.util.Arrays.copyOf(before, before.length + 2);
        arguments[before.length] = out;
        arguments[before.length + 1] = 96;
        return library.getFunction(function).invokeInt(arguments) == SUCCESS
                ? out.getString(0, StandardCharsets.UTF_8.name())
                : "unknown";
    }

    /** Whether a process is among the GPU's compute processes. */
    boolean runs(long pid) {
        if (call("nvmlDeviceGetComputeRunningProcesses_v3").code() != SUCCESS) {
            return false;
        }
        for (int i = 0; i < count.getInt(0); i++) {
            if (out.getInt((long) i * PROCESS_BYTES) == (int) pid) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        library.getFunction("nvmlShutdown").invokeInt(new Object[0]);
    }

    /** One call; returns NVML's code. */
    interface Call {
        /** The code of a function that the library lacks. */
        int ABSENT = 13;

        int code();
    }
}
