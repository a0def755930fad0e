/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.Sensor;
import java.util.List;
import java.util.Optional;

/**
 * Selects AMD's boards that report their own power and are not part of a processor. The files are described in Linux'
 * amdgpu_pm.c.
 */
final class AmdGpus {
    /** A mean over an unknown short time, or the present power; most boards show one of the two. */
    private static final List<String> POWERS = List.of("power1_average", "power1_input");

    /** The one APU that does not show the voltage of a north bridge. */
    private static final String MI300A = "1002:74A0";

    private AmdGpus() {}

    static void choose(List<Monitor> monitors, Selection into) {
        int metered = 0;
        for (Monitor gpu : MonitorTree.of("amdgpu", monitors)) {
            Optional<String> power = POWERS.stream().filter(gpu::has).findFirst();
            if (gpu.text("in1_label").equals("vddnb")) {
                into.leaveOut(HwmonNotes.apu(gpu));
            } else if (gpu.fact("PCI_ID").equalsIgnoreCase(MI300A)) {
                into.leaveOut(HwmonNotes.mi300a(gpu));
            } else if (power.isEmpty()) {
                into.leaveOut(HwmonNotes.noSensor(gpu, "AMD GPU"));
            } else if (isSecondDie(gpu, power.get())) {
                into.leaveOut(HwmonNotes.secondDie(gpu));
            } else {
                into.meter(Channel.ofGpu(
                        gpu,
                        "amd-gpu-" + metered++,
                        productName(gpu),
                        gpu.text("unique_id"),
                        gpu.file(power.get()),
                        new Sensor.Power(0, true).withLimit(gpu.limitMicrowatts("power1_cap_max", "power1_cap")),
                        ""));
            }
        }
    }

    /**
     * Of the two dies of an MI250, the first reports the power of both; the second shows 0 for its power and its limit
     * (Linux, aldebaran_ppt.c).
     */
    private static boolean isSecondDie(Monitor gpu, String power) {
        return !gpu.isAsleep() && gpu.number(power) == 0 && gpu.number("power1_cap") == 0;
    }

    private static String productName(Monitor gpu) {
        String name = gpu.text("product_name");
        return name.isEmpty() ? ("AMD GPU " + gpu.fact("PCI_ID")).strip() : name;
    }
}
