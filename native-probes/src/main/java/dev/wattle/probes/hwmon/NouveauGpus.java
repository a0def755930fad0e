/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.Sensor;
import java.util.List;

/** Selects NVIDIA's boards with the free driver, which NVML does not know. Few of them report a power. */
final class NouveauGpus {
    private NouveauGpus() {}

    static void choose(List<Monitor> monitors, Selection into) {
        int metered = 0;
        for (Monitor gpu : MonitorTree.of("nouveau", monitors)) {
            if (gpu.has("power1_input")) {
                into.meter(Channel.ofGpu(
                        gpu,
                        "nouveau-gpu-" + metered++,
                        ("NVIDIA GPU " + gpu.fact("PCI_ID")).strip(),
                        "",
                        gpu.file("power1_input"),
                        new Sensor.Power(0, true),
                        ""));
            } else {
                into.leaveOut(HwmonNotes.noSensor(gpu, "NVIDIA GPU under nouveau"));
            }
        }
    }
}
