/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which GPUs CUDA lets a process see, by the rules of its programming guide ("CUDA environment variables", 2026).
 *
 * <p>{@code CUDA_VISIBLE_DEVICES} is a list of indices, of UUIDs or their beginnings, or of a MIG device. The list ends
 * before its first entry that names nothing; an empty one shows no GPU. Indices count in the order of
 * {@code CUDA_DEVICE_ORDER}: by PCI address, or the fastest first. What CUDA takes for fast is not published; where the
 * GPUs differ, the newer architecture is taken for the faster one, and an index may then mean another GPU than here.
 */
final class VisibleDevices {
    /** A device as far as it can be named. */
    record Named(int index, String uuid, String name, int major, int minor, List<MigDevice> migDevices) {}

    /**
     * A partition of a device.
     *
     * @param oldName its name in drivers before 470: {@code MIG-GPU-<uuid>/<gpu instance>/<compute instance>}
     * @param share its part of the device's slices
     */
    record MigDevice(String uuid, String oldName, double share) {}

    private VisibleDevices() {}

    /**
     * The devices that can be seen, by index, each with the part that can be used; empty where all can.
     *
     * @param environment of the process that asks
     * @param devices all devices, in the order of their PCI addresses
     */
    static Optional<Map<Integer, Double>> of(Map<String, String> environment, List<Named> devices) {
        String list = environment.get("CUDA_VISIBLE_DEVICES");
        if (list == null) {
            return Optional.empty();
        }
        List<Named> ordered = new ArrayList<>(devices);
        if (!"PCI_BUS_ID".equals(environment.get("CUDA_DEVICE_ORDER"))) {
            ordered.sort(Comparator.comparingInt((Named device) -> -100 * device.major() - device.minor()));
        }
        Map<Integer, Double> visible = new HashMap<>();
        for (String entry : list.split(",", -1)) {
            if (!add(entry.strip(), ordered, visible)) {
                break;
            }
        }
        return Optional.of(visible);
    }

    private static boolean add(String entry, List<Named> ordered, Map<Integer, Double> visible) {
        if (entry.startsWith("MIG-")) {
            return addMig(entry, ordered, visible);
        }
        if (entry.startsWith("GPU-")) {
            List<Named> named = ordered.stream()
                    .filter(device -> device.uuid().startsWith(entry))
                    .toList();
            return named.size() == 1 && addWhole(named.get(0), visible);
        }
        return entry.matches("\\d{1,4}")
                && Integer.parseInt(entry) < ordered.size()
                && addWhole(ordered.get(Integer.parseInt(entry)), visible);
    }

    /** Of a device that is cut into MIG devices CUDA uses the first. */
    private static boolean addWhole(Named device, Map<Integer, Double> visible) {
        List<MigDevice> parts = device.migDevices();
        visible.put(device.index(), parts.isEmpty() ? 1.0 : parts.get(0).share());
        return true;
    }

    /** CUDA uses a single MIG device; what stands behind the first one is not looked at. */
    private static boolean addMig(String entry, List<Named> ordered, Map<Integer, Double> visible) {
        if (!visible.isEmpty()) {
            return false;
        }
        for (Named device : ordered) {
            for (MigDevice mig : device.migDevices()) {
                if (mig.uuid().startsWith(entry) || mig.oldName().equals(entry)) {
                    visible.put(device.index(), mig.share());
                    return false;
                }
            }
        }
        return false;
    }
}
