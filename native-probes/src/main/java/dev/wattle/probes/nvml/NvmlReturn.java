/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

/** The return codes of NVML's functions, and what they mean for the probe. */
final class NvmlReturn {
    static final int SUCCESS = 0;
    static final int UNINITIALIZED = 1;
    static final int INVALID_ARGUMENT = 2;
    static final int NOT_SUPPORTED = 3;
    static final int NO_PERMISSION = 4;
    static final int NOT_FOUND = 6;
    static final int INSUFFICIENT_SIZE = 7;
    static final int DRIVER_NOT_LOADED = 9;
    static final int TIMEOUT = 10;
    static final int LIBRARY_NOT_FOUND = 12;
    static final int FUNCTION_NOT_FOUND = 13;
    static final int GPU_IS_LOST = 15;
    static final int RESET_REQUIRED = 16;
    static final int OPERATING_SYSTEM = 17;
    static final int LIB_RM_VERSION_MISMATCH = 18;
    static final int IN_USE = 19;
    static final int MEMORY = 20;
    static final int NO_DATA = 21;
    static final int INSUFFICIENT_RESOURCES = 23;
    static final int NOT_READY = 27;
    static final int GPU_NOT_FOUND = 28;
    static final int UNKNOWN = 999;

    private NvmlReturn() {}

    /** Whether the library must be initialised again, or its driver is gone. */
    static boolean isOfDriver(int code) {
        return switch (code) {
            case UNINITIALIZED, DRIVER_NOT_LOADED, LIBRARY_NOT_FOUND, OPERATING_SYSTEM, LIB_RM_VERSION_MISMATCH -> true;
            default -> false;
        };
    }

    /** Whether the device is gone. */
    static boolean isLoss(int code) {
        return code == GPU_IS_LOST || code == RESET_REQUIRED || code == GPU_NOT_FOUND;
    }

    /** Whether the same call may succeed a moment later. Even "not supported" can be temporary (Zeus's power monitor, 2025). */
    static boolean mayPass(int code) {
        return switch (code) {
            case NOT_SUPPORTED, TIMEOUT, IN_USE, MEMORY, NO_DATA, INSUFFICIENT_RESOURCES, NOT_READY -> true;
            default -> false;
        };
    }

    /** The code in words for the user. Does not allocate for a code of nvml.h. */
    static String text(int code) {
        return switch (code) {
            case SUCCESS -> "success";
            case UNINITIALIZED -> "the library was shut down";
            case INVALID_ARGUMENT -> "the driver rejects the device's handle";
            case NOT_SUPPORTED -> "not supported";
            case NO_PERMISSION -> "no permission";
            case NOT_FOUND -> "not found";
            case INSUFFICIENT_SIZE -> "a list grew while it was read";
            case 8 -> "the GPU's external power cables are not attached";
            case DRIVER_NOT_LOADED -> "the NVIDIA driver is not loaded";
            case TIMEOUT -> "the driver did not answer in time";
            case 11 -> "the kernel found an interrupt problem with the GPU";
            case LIBRARY_NOT_FOUND -> "a library of the driver is missing";
            case FUNCTION_NOT_FOUND -> "this driver's library lacks the function";
            case 14 -> "the GPU's infoROM is corrupted";
            case GPU_IS_LOST -> "the GPU has fallen off the bus";
            case RESET_REQUIRED -> "the GPU must be reset";
            case OPERATING_SYSTEM -> "the operating system blocks the GPU control device";
            case LIB_RM_VERSION_MISMATCH -> "the driver and its library are of different versions";
            case IN_USE -> "the GPU is in use";
            case MEMORY -> "out of memory";
            case NO_DATA -> "no data";
            case 22 -> "not possible with ECC on a virtual GPU";
            case INSUFFICIENT_RESOURCES -> "the driver ran out of resources";
            case 24 -> "not possible at this clock frequency";
            case 25 -> "the driver knows another version of the call's structure";
            case 26 -> "no longer supported";
            case NOT_READY -> "the GPU is not ready";
            case GPU_NOT_FOUND -> "the GPU is not there";
            case 29 -> "the GPU is in a state that does not allow it";
            case 30 -> "not possible for this kind of reset";
            case UNKNOWN -> "the driver gave no reason";
            default -> "NVML error " + code;
        };
    }
}
