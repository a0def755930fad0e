/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import java.util.regex.Pattern;

/**
 * Identifies a GPU.
 *
 * @param index in the order of PCI addresses, as nvidia-smi shows it
 * @param uuid its UUID, empty where the driver does not report it
 * @param name the product's name
 * @param major CUDA compute capability, first number; 0 where unknown
 * @param minor CUDA compute capability, second number
 */
record NvmlIdentity(int index, String uuid, String name, int major, int minor) {
    /** The boards with a GA100. */
    private static final Pattern GA100 = Pattern.compile("\\bA(100|800|30)\\b");

    /** Asks the driver; what it does not report gets a default. */
    static NvmlIdentity of(Nvml nvml, int index, long handle) {
        String uuid = nvml.uuid(handle) == NvmlReturn.SUCCESS ? nvml.text() : "";
        String name = nvml.name(handle) == NvmlReturn.SUCCESS ? nvml.text() : "NVIDIA GPU";
        if (nvml.computeCapability(handle) == NvmlReturn.SUCCESS) {
            return new NvmlIdentity(index, uuid, name, nvml.number(), nvml.secondNumber());
        }
        int architecture = nvml.architecture(handle) == NvmlReturn.SUCCESS ? nvml.number() : 0;
        return new NvmlIdentity(index, uuid, name, majorOf(architecture), minorOf(architecture, name));
    }

    /** The compute capability of an architecture (nvml.h, NVML_DEVICE_ARCH); 0 for one that is newer than this table. */
    private static int majorOf(int architecture) {
        return switch (architecture) {
            case 2 -> 3;
            case 3 -> 5;
            case 4 -> 6;
            case 5, 6 -> 7;
            case 7, 8 -> 8;
            case 9 -> 9;
            case 10 -> 10;
            default -> 0;
        };
    }

    /** Of Ampere's chips, only GA100 has the capability 8.0. */
    private static int minorOf(int architecture, String name) {
        return switch (architecture) {
            case 6 -> 5;
            case 7 -> GA100.matcher(name).find() ? 0 : 6;
            case 8 -> 9;
            default -> 0;
        };
    }
}
