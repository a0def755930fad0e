/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The findings about NVIDIA GPUs: what is metered, what is not, why, and how to fix it. */
final class NvmlNotes {
    private static final Fix ASK_DRIVER = new Fix("see what the driver reports", "nvidia-smi -q -d POWER");

    private NvmlNotes() {}

    /** @param boards the names of the boards that the driver shows in files */
    static Finding withoutLibrary(Path procRoot, List<String> boards) {
        if (boards.isEmpty()) {
            return Finding.absent(ProbeKind.NVML, "libnvidia-ml.so.1", "No NVIDIA driver.");
        }
        return new Finding(
                ProbeKind.NVML,
                "libnvidia-ml.so.1",
                SourceState.REFUSED,
                "The energy of " + String.join(", ", boards) + " is missing from every total: " + procRoot
                        + "/driver/nvidia shows the driver, but its library libnvidia-ml.so.1 is not found.",
                List.of(
                        new Fix(
                                "in a container, add the driver's utilities",
                                "docker run --gpus all -e NVIDIA_DRIVER_CAPABILITIES=compute,utility IMAGE"),
                        new Fix("if the library is elsewhere, name it", "nvml-library=/path/libnvidia-ml.so.1")));
    }

    /** @param boards the names of the boards that the driver shows in files */
    static Finding refused(String library, List<String> boards, String reason, List<Fix> fixes) {
        String which = boards.isEmpty() ? "NVIDIA GPUs" : String.join(", ", boards);
        return new Finding(
                ProbeKind.NVML,
                library,
                SourceState.REFUSED,
                "The energy of " + which + " is missing from every total: " + reason + ".",
                fixes);
    }

    static Finding tooManyGpus(String library, List<String> boards, int count) {
        String reason = "its library reports " + Integer.toUnsignedString(count) + " GPUs, which is not possible";
        return refused(library, boards, reason, List.of(ASK_DRIVER));
    }

    static Finding noGpu(String library) {
        return Finding.absent(ProbeKind.NVML, library, "The NVIDIA driver is there, but reports no GPU.");
    }

    static Finding missing(String library, String problem) {
        return new Finding(ProbeKind.NVML, library, SourceState.REFUSED, problem, List.of(ASK_DRIVER));
    }

    /** A GPU that the driver lists twice is metered once. */
    static String listedTwice(NvmlDevice again, NvmlDevice first) {
        return again.label() + " is " + first.label() + " again ("
                + first.identity().uuid() + "), so it is not metered a second time.";
    }

    static Finding metered(String library, List<NvmlDevice> devices) {
        return new Finding(ProbeKind.NVML, library, SourceState.METERED, remarks(devices), List.of());
    }

    /** Groups the devices with the same remark into one sentence. */
    private static String remarks(List<NvmlDevice> devices) {
        Map<String, List<String>> devicesByRemark = new LinkedHashMap<>();
        for (NvmlDevice device : devices) {
            device.remark()
                    .ifPresent(remark -> devicesByRemark
                            .computeIfAbsent(remark, first -> new ArrayList<>())
                            .add(device.label()));
        }
        return devicesByRemark.entrySet().stream()
                .map(remark -> String.join(", ", remark.getValue()) + ": " + remark.getKey() + ".")
                .collect(Collectors.joining(" "));
    }
}
