/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.Sensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Selects the ACPI power meters of NVIDIA's Grace (NVIDIA, Grace Performance Tuning Guide, power telemetry), so that each
 * socket is metered once.
 *
 * <p>{@code Grace} includes {@code CPU}, {@code SysIO} and the memory; {@code Module} includes {@code Grace} and the GPU. So
 * {@code Grace} is read; without it {@code CPU} and {@code SysIO}; without those {@code Module}, unless another source
 * meters a GPU. Nothing is read if another source meters whole modules. Power meters of other machines measure the whole
 * machine and are never read.
 */
final class GraceSockets {
    /** The prefix of all device labels. */
    static final String DEVICE = "grace-";

    private static final Pattern LABEL =
            Pattern.compile("(module|grace|cpu|sysio) power socket (\\d{1,4})", Pattern.CASE_INSENSITIVE);

    /** The firmware's default (NVIDIA's edk2); it can be set to a second. */
    private static final long DEFAULT_INTERVAL_MILLIS = 50;

    private static final long MAX_INTERVAL_MILLIS = 60_000;

    private GraceSockets() {}

    static void choose(List<Monitor> monitors, MeteredElsewhere elsewhere, Selection into) {
        Map<Integer, Map<String, Monitor>> sockets = new TreeMap<>();
        for (Monitor monitor : monitors) {
            if (monitor.name().equals("power_meter")) {
                String label = monitor.text("power1_oem_info");
                Matcher matcher = LABEL.matcher(label);
                if (matcher.matches()) {
                    sockets.computeIfAbsent(Integer.valueOf(matcher.group(2)), socket -> new HashMap<>())
                            .putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), monitor);
                } else {
                    into.leaveOut(HwmonNotes.powerMeter(monitor, label));
                }
            }
        }
        sockets.forEach((socket, meters) -> choose(socket, meters, elsewhere, into));
    }

    private static void choose(int socket, Map<String, Monitor> meters, MeteredElsewhere elsewhere, Selection into) {
        if (elsewhere == MeteredElsewhere.MODULES) {
            meters.values().forEach(meter -> into.leaveOut(HwmonNotes.inModule(meter)));
            return;
        }
        List<Channel> chosen = new ArrayList<>();
        part("grace", "grace-" + socket, "", meters).ifPresent(chosen::add);
        if (chosen.isEmpty()) {
            part("cpu", "grace-cpu-" + socket, HwmonNotes.memoryMissing(socket), meters)
                    .ifPresent(chosen::add);
            part("sysio", "grace-sysio-" + socket, "", meters).ifPresent(chosen::add);
        }
        if (chosen.isEmpty()) {
            String device = "grace-module-" + socket;
            part("module", device, HwmonNotes.wholeModule(device), meters).ifPresent(chosen::add);
            if (elsewhere == MeteredElsewhere.GPUS) {
                chosen.forEach(module -> into.leaveOut(HwmonNotes.moduleHoldsGpu(module.monitor())));
                return;
            }
        }
        chosen.forEach(into::meter);
    }

    private static Optional<Channel> part(String part, String device, String remark, Map<String, Monitor> meters) {
        return Optional.ofNullable(meters.get(part))
                .map(meter -> Channel.ofSocket(
                        meter,
                        device,
                        meter.text("power1_oem_info"),
                        meter.file("power1_average"),
                        new Sensor.Power(intervalMillis(meter) * 1_000_000 / 2),
                        remark));
    }

    private static long intervalMillis(Monitor meter) {
        long millis = meter.number("power1_average_interval");
        return millis < 0 || millis > MAX_INTERVAL_MILLIS ? DEFAULT_INTERVAL_MILLIS : millis;
    }
}
