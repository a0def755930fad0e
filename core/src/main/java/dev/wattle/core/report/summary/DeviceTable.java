/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A run's devices with their energy, average and peak power and quality. */
final class DeviceTable {

    private static final String ROW = "  %-14s %12s %11s %11s  %s";

    private DeviceTable() {}

    /** The run's own devices below a head, with a row for their total where there are several. */
    static List<String> lines(RunSnapshot run, RunUnits units) {
        List<String> lines = new ArrayList<>();
        lines.add(row("device", "energy", "average", "peak", "quality"));
        lines.addAll(rows(run.devices(), units));
        if (run.devices().size() > 1) {
            Set<Quality> qualities = run.microjoulesByQuality().keySet();
            lines.add(row(
                    "total",
                    units.energy(run.microjoules()),
                    QuantityFormat.watts(averageMicrowatts(run.devices())),
                    "",
                    qualities.size() == 1 ? qualities.iterator().next().tag() : "mixed"));
        }
        return lines;
    }

    /** A row for each device, without a head. */
    static List<String> rows(List<DeviceSnapshot> devices, RunUnits units) {
        return devices.stream()
                .map(device -> row(
                        device.domain().device(),
                        units.energy(device.microjoules()),
                        QuantityFormat.watts(device.averageMicrowatts()),
                        QuantityFormat.watts(device.peakMicrowatts()),
                        device.domain().quality().tag()))
                .toList();
    }

    private static String row(String device, String energy, String average, String peak, String quality) {
        return String.format((Locale) null, ROW, device, energy, average, peak, quality)
                .stripTrailing();
    }

    /** The sum over all devices; unknown where the power of one of them is. */
    private static long averageMicrowatts(List<DeviceSnapshot> devices) {
        long sum = 0;
        for (DeviceSnapshot device : devices) {
            if (device.averageMicrowatts() == DomainMeter.UNKNOWN) {
                return DomainMeter.UNKNOWN;
            }
            sum += device.averageMicrowatts();
        }
        return sum;
    }
}
