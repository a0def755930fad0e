/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.probe.Component;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import java.util.Locale;

/** What part of a run's time was sampled, by the device of which the least was. */
final class CoverageText {

    private static final double WHOLE_PERCENT = 99.95;

    /** What 99.95 and more would be rounded to, beside a gap. */
    private static final double NOT_WHOLE_PERCENT = 99.9;

    private CoverageText() {}

    /** @param report with at least one device */
    static String of(RunSnapshot report) {
        long least = report.devices().stream()
                .filter(device -> !device.retired())
                .mapToLong(device -> coveredNanos(report, device))
                .min()
                .orElseGet(() -> report.devices().stream()
                        .mapToLong(DeviceSnapshot::coveredNanos)
                        .min()
                        .orElse(0));
        boolean gaps = report.devices().stream().anyMatch(device -> device.gaps() > 0);
        double percent = report.wallNanos() <= 0 ? 0 : Math.min(100, 100.0 * least / report.wallNanos());
        boolean whole = percent >= WHOLE_PERCENT && !gaps;
        String part = String.format((Locale) null, "%.1f %%", whole ? 100 : Math.min(percent, NOT_WHOLE_PERCENT))
                + " of the wall time was sampled";
        if (whole) {
            return part + ", no gaps";
        }
        return gaps
                ? part
                : part + "; " + QuantityFormat.duration(report.wallNanos() - least) + " at the start and end was not";
    }

    /** Of a device and of those that were metered in its place before. */
    private static long coveredNanos(RunSnapshot report, DeviceSnapshot device) {
        Component component = device.domain().component();
        long before = report.devices().stream()
                .filter(other -> other.retired() && other.domain().component() == component)
                .mapToLong(DeviceSnapshot::coveredNanos)
                .max()
                .orElse(0);
        return device.coveredNanos() + before;
    }
}
