/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.domain.DomainMeter.Loss;
import dev.wattle.core.domain.Suspicion;
import dev.wattle.core.probe.DeviceUsage.Use;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.DeviceSnapshot.CheckReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What limits a device's figures: a late start, gaps, doubts about its counter, a loss, a share of other programs. */
final class DeviceNotes {

    /** The meter's own start takes less: a device first read later than this responded late. */
    private static final long LATE_NANOS = 2_000_000_000L;

    private DeviceNotes() {}

    /** How late the device was first read, where that is more than 2 s after the run's start. */
    static Optional<String> lateness(DeviceSnapshot device, Instant runStart) {
        long late = Duration.between(runStart, device.firstReading()).toNanos();
        return late <= LATE_NANOS
                ? Optional.empty()
                : Optional.of("first read " + QuantityFormat.duration(late)
                        + " after the start; its energy before that is not counted");
    }

    /** A sentence for each limit that the device has. */
    static List<String> of(DeviceSnapshot device, RunUnits units) {
        List<String> notes = new ArrayList<>();
        if (device.gaps() > 0 || device.errors() > 0 || device.rejected() > 0) {
            notes.add(gaps(device, units));
        }
        device.suspicion().ifPresent(suspicion -> notes.add(suspicion(device, suspicion)));
        device.loss().ifPresent(loss -> notes.add(loss(device, loss)));
        device.check().filter(CheckReport::disagrees).ifPresent(check -> notes.add(disagreement(check)));
        device.share()
                .filter(share -> share.use() == Use.SHARED || share.use() == Use.PARTITION)
                .ifPresent(share -> notes.add(units.energy(share.microjoules()) + " of its energy is this JVM's, "
                        + share.rule() + " (modelled)"));
        return notes;
    }

    private static String gaps(DeviceSnapshot device, RunUnits units) {
        return device.gaps() + (device.gaps() == 1 ? " gap, " : " gaps, ") + QuantityFormat.duration(device.gapNanos())
                + "; " + device.errors() + " failed and " + device.rejected() + " rejected readings"
                + (device.interpolatedMicrojoules() == 0
                        ? ""
                        : "; " + units.energy(device.interpolatedMicrojoules()) + " is interpolated");
    }

    private static String suspicion(DeviceSnapshot device, Suspicion suspicion) {
        return "SUSPECT (" + device.domain().quality().tag() + ") after " + sinceFirstReading(device, suspicion.when())
                + ": " + suspicion.reason()
                + (device.retired() ? "; another source was used instead" : "; its readings are ignored");
    }

    private static String loss(DeviceSnapshot device, Loss loss) {
        return "LOST after " + sinceFirstReading(device, loss.when()) + ": " + loss.reason()
                + (device.lastReading().isAfter(loss.when())
                        ? "; it came back, and its energy in between is not counted"
                        : "; its energy is counted up to then");
    }

    private static String sinceFirstReading(DeviceSnapshot device, Instant when) {
        return QuantityFormat.duration(
                Duration.between(device.firstReading(), when).toNanos());
    }

    private static String disagreement(CheckReport check) {
        double percent = 100 * (check.ratio() - 1);
        return String.format(
                (Locale) null,
                "its counter and its power DISAGREE: the counter has %.1f %% %s energy than the integrated power, over"
                        + " %s",
                Math.abs(percent),
                percent > 0 ? "more" : "less",
                QuantityFormat.duration(check.nanos()));
    }
}
