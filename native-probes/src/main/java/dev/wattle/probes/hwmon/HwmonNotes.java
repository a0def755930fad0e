/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The findings about hardware monitors: what is metered, what is not, why, and how to fix it. */
final class HwmonNotes {
    static final String MISSING = " is not metered, and its energy is missing from every total.";

    private HwmonNotes() {}

    static Finding nothingThere(Path root) {
        return Finding.absent(
                ProbeKind.HWMON,
                root.toString(),
                "No monitor under " + root + " reports the power of a GPU, a module or a rail.");
    }

    static Finding metered(Channel channel, boolean asleep) {
        String sleep =
                asleep ? channel.domain().device() + " sleeps and is not woken; it is metered while it is awake." : "";
        return new Finding(
                ProbeKind.HWMON,
                channel.domain().source(),
                SourceState.METERED,
                (sleep + " " + channel.remark()).strip(),
                List.of());
    }

    static Finding unreadable(Channel channel, String reason) {
        return refused(
                channel.monitor(),
                channel.domain().name() + " at " + channel.monitor().place() + MISSING + " Its sensor cannot be read: "
                        + reason + ".",
                reason.contains("Too many open files") ? List.of(Fix.moreOpenFiles()) : fixes(channel));
    }

    static Finding noSensor(Monitor gpu, String kind) {
        return refused(gpu, "The " + kind + " at " + gpu.place() + " reports no power: it" + MISSING, List.of());
    }

    static Finding unknownCounters(Monitor gpu, String kind, List<String> labels) {
        return refused(
                gpu,
                "The " + kind + " at " + gpu.place() + " has the counters " + String.join(", ", labels)
                        + ", of which nothing is known: it" + MISSING,
                List.of());
    }

    static Finding apu(Monitor gpu) {
        return unneeded(
                gpu,
                "The GPU at " + gpu.place() + " is part of the processor, and so is its power: it is in the processor's"
                        + " energy.");
    }

    static Finding mi300a(Monitor gpu) {
        return refused(
                gpu,
                "The power of the MI300A at " + gpu.place() + " holds its processor cores, which are counted as the"
                        + " processor: so that nothing is counted twice it is not metered, and what the processor's"
                        + " energy lacks of it is missing from every total.",
                List.of());
    }

    static Finding secondDie(Monitor gpu) {
        return unneeded(
                gpu,
                "The die at " + gpu.place()
                        + " reports no power of its own: the other die of its module reports that of" + " both.");
    }

    static Finding integrated(Monitor gpu) {
        return unneeded(gpu, "The GPU at " + gpu.place() + " is part of the processor and in its energy.");
    }

    static String tilesAlone(String device) {
        return "The driver of " + device + " counts its tiles alone: what it draws outside them is missing from every"
                + " total.";
    }

    static String memoryMissing(int socket) {
        return "The memory of socket " + socket + " has no sensor here: its energy is missing from every total.";
    }

    static String wholeModule(String device) {
        return device + " is a whole module, with processor, memory and GPU in one; it is shown as cpu.";
    }

    static Finding inModule(Monitor meter) {
        return unneeded(
                meter, meter.text("power1_oem_info") + " is in the energy of its module, which its GPU reports.");
    }

    static Finding moduleHoldsGpu(Monitor meter) {
        return refused(
                meter,
                meter.text("power1_oem_info")
                        + " holds a GPU that is metered by itself, and nothing else reports the power"
                        + " of its processor: that is not measured.",
                List.of());
    }

    /** @param label the firmware's name of the meter; empty on most machines */
    static Finding powerMeter(Monitor meter, String label) {
        String what = "The power meter at " + meter.place();
        return label.toLowerCase(Locale.ROOT).contains("socket")
                ? refused(meter, what + " measures " + label + ", which is not known: it" + MISSING, List.of())
                : unneeded(
                        meter, what + " measures the whole machine, and so what is metered already: it is not added.");
    }

    /** @param names the monitors, each with its place */
    static Finding unknownMonitors(Monitor any, List<String> names) {
        return new Finding(
                ProbeKind.HWMON,
                String.valueOf(any.directory().getParent()),
                SourceState.UNNEEDED,
                "Not read, because it is not known what they measure: " + String.join(", ", names) + ".",
                List.of());
    }

    static Finding refused(Monitor monitor, String what, List<Fix> remedies) {
        return new Finding(ProbeKind.HWMON, monitor.directory().toString(), SourceState.REFUSED, what, remedies);
    }

    static Finding unneeded(Monitor monitor, String what) {
        return new Finding(ProbeKind.HWMON, monitor.directory().toString(), SourceState.UNNEEDED, what, List.of());
    }

    /** The fix for files that exist and may not be read; there is none for other causes. */
    private static List<Fix> fixes(Channel channel) {
        List<Path> denied = channel.inputs().stream()
                .filter(file -> Files.isRegularFile(file) && !Files.isReadable(file))
                .toList();
        if (denied.isEmpty()) {
            return List.of();
        }
        return Fix.readableByAGroup(
                denied,
                "70-hwmon-energy.rules",
                "SUBSYSTEM==\"hwmon\", ATTR{name}==\"" + channel.monitor().name() + "\"",
                denied.stream()
                        .map(file -> "/sys%p/" + channel.monitor().directory().relativize(file))
                        .toList());
    }
}
