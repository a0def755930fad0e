/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The GPUs that CUDA makes visible to a process, by the rules of its programming guide ("CUDA environment variables", 2026).
 *
 * <p>{@code CUDA_VISIBLE_DEVICES} is a list of indices, of UUIDs or their prefixes, or of a MIG device. The list ends before
 * the first entry that names no device; an empty list makes no GPU visible. {@code CUDA_DEVICE_ORDER} says how indices
 * count: by PCI address, or the fastest first. CUDA does not publish which GPU is faster. This class assumes the newer
 * architecture, so with different GPUs an index may name another one than in CUDA.
 */
final class VisibleDevices {
    /** The names of a device. */
    record Named(int index, String uuid, String name, int major, int minor, List<MigDevice> migDevices) {}

    /**
     * A partition of a device.
     *
     * @param oldName its name in drivers before 470: {@code MIG-GPU-<uuid>/<gpu instance>/<compute instance>}
     * @param share its share of the device's slices
     */
    record MigDevice(String uuid, String oldName, double share) {}

    private VisibleDevices() {}

    /**
     * The visible devices, by index, each with the share that can be used; empty if all are visible.
     *
     * @param environment the variables of the process
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

    /** CUDA uses the first MIG device of a device that is divided. */
    private static boolean addWhole(Named device, Map<Integer, Double> visible) {
        List<MigDevice> parts = device.migDevices();
        visible.put(device.index(), parts.isEmpty() ? 1.0 : parts.get(0).share());
        return true;
    }

    /** CUDA uses one MIG device and ignores the entries after it. */
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
