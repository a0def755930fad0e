/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.probes.nvml.VisibleDevices.MigDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a GPU is divided into MIG devices. Drivers do not report the power or energy of a MIG device, so its share of the GPU
 * is its share of the slices, which is a model.
 *
 * @param slices the number of slices of the whole GPU; 0 if it is not divided
 * @param slicesByGpuInstance the slices of each GPU instance
 * @param devices the MIG devices, in the driver's order
 */
record MigSlices(int slices, Map<Integer, Integer> slicesByGpuInstance, List<MigDevice> devices) {
    static final MigSlices NONE = new MigSlices(0, Map.of(), List.of());

    /** Asks the driver now. A GPU can be divided again only while nothing uses it. */
    static MigSlices of(Nvml nvml, long device, String uuid) {
        if (nvml.migMode(device) != NvmlReturn.SUCCESS
                || nvml.number() != 1
                || nvml.migDeviceCount(device) != NvmlReturn.SUCCESS
                || nvml.number() <= 0) {
            return NONE;
        }
        int slices = nvml.number();
        Map<Integer, Integer> byGpuInstance = new HashMap<>();
        List<MigDevice> devices = new ArrayList<>();
        for (int index = 0; index < slices; index++) {
            if (nvml.migDevice(device, index) == NvmlReturn.SUCCESS) {
                add(nvml, nvml.handle(), uuid, slices, byGpuInstance, devices);
            }
        }
        return new MigSlices(slices, byGpuInstance, devices);
    }

    private static void add(
            Nvml nvml,
            long mig,
            String uuid,
            int slices,
            Map<Integer, Integer> byGpuInstance,
            List<MigDevice> devices) {
        int gpuInstance = nvml.gpuInstance(mig) == NvmlReturn.SUCCESS ? nvml.number() : -1;
        int computeInstance = nvml.computeInstance(mig) == NvmlReturn.SUCCESS ? nvml.number() : -1;
        int own = nvml.sliceCount(mig) == NvmlReturn.SUCCESS ? nvml.number() : 0;
        String name = nvml.uuid(mig) == NvmlReturn.SUCCESS ? nvml.text() : "";
        byGpuInstance.put(gpuInstance, own);
        devices.add(new MigDevice(
                name, "MIG-" + uuid + "/" + gpuInstance + "/" + computeInstance, Math.min(1.0, own / (double) slices)));
    }

    boolean isDivided() {
        return slices > 0;
    }

    /** The share of the GPU that an instance has; 0 if unknown. */
    double shareOf(int gpuInstance) {
        return Math.min(1.0, slicesByGpuInstance.getOrDefault(gpuInstance, 0) / (double) slices);
    }
}
