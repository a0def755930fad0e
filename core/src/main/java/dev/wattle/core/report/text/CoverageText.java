/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.probe.Component;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import java.util.Locale;

/** The part of a run's time that was sampled: that of the device with the least coverage. */
public final class CoverageText {

    private static final double WHOLE_PERCENT = 99.95;
    private static final double POOR_PERCENT = 95;

    /** Shown in place of 100.0 where there is a gap. */
    private static final double NOT_WHOLE_PERCENT = 99.9;

    private CoverageText() {}

    /** Whether so little was sampled that a reader must know. */
    public static boolean isPoor(RunSnapshot run) {
        return run.wallNanos() > 0 && 100.0 * leastNanos(run) / run.wallNanos() < POOR_PERCENT;
    }

    private static long leastNanos(RunSnapshot run) {
        return run.devices().stream()
                .filter(device -> !device.retired())
                .mapToLong(device -> coveredNanos(run, device))
                .min()
                .orElseGet(() -> run.devices().stream()
                        .mapToLong(DeviceSnapshot::coveredNanos)
                        .min()
                        .orElse(0));
    }

    /** The part in percent, and how much was not sampled. The run has at least one device. */
    public static String of(RunSnapshot run) {
        long least = leastNanos(run);
        boolean gaps = run.devices().stream().anyMatch(device -> device.gaps() > 0);
        double percent = run.wallNanos() <= 0 ? 0 : Math.min(100, 100.0 * least / run.wallNanos());
        boolean whole = percent >= WHOLE_PERCENT && !gaps;
        String part = String.format((Locale) null, "%.1f %%", whole ? 100 : Math.min(percent, NOT_WHOLE_PERCENT))
                + " of the wall time was sampled";
        if (whole) {
            return part + ", no gaps";
        }
        return gaps
                ? part
                : part + "; " + QuantityFormat.duration(run.wallNanos() - least) + " at the start and end was not";
    }

    /** The covered time of a device, with that of the retired devices that it replaced. */
    private static long coveredNanos(RunSnapshot run, DeviceSnapshot device) {
        Component component = device.domain().component();
        long before = run.devices().stream()
                .filter(other -> other.retired() && other.domain().component() == component)
                .mapToLong(DeviceSnapshot::coveredNanos)
                .max()
                .orElse(0);
        return device.coveredNanos() + before;
    }
}
