/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.probe.DeviceUsage.Use;
import dev.wattle.core.report.text.CoverageText;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that limits the figures of a run, in one sentence.
 *
 * @param label what it is about, for the line's start
 */
record Remark(String label, String text) {

    /** What a reader of the run's total should know, the most important first. */
    static List<Remark> problems(RunSnapshot run, SummaryNotes notes, RunUnits units) {
        List<Remark> remarks = new ArrayList<>();
        if (run.carbon().worldAverage()) {
            remarks.add(new Remark("zone", "not set: this is the WORLD AVERAGE; zone=FR, for example, sets it"));
        }
        if (CarbonText.isLive(run.carbon())) {
            remarks.add(new Remark("CO2e", "at " + CarbonText.full(run)));
            CarbonText.bestHour(run, units).ifPresent(sentence -> remarks.add(new Remark("", sentence)));
        }
        if (!run.devices().isEmpty() && CoverageText.isPoor(run)) {
            remarks.add(new Remark("coverage", CoverageText.of(run)));
        }
        for (DeviceSnapshot device : run.devices()) {
            DeviceNotes.lateness(device, run.run().started())
                    .ifPresent(note -> remarks.add(new Remark(device.domain().device(), note)));
            DeviceNotes.of(device, units)
                    .forEach(note -> remarks.add(new Remark(device.domain().device(), note)));
        }
        if (!run.unread().isEmpty()) {
            remarks.add(
                    new Remark("unread", String.join(", ", run.unread()) + " never responded; no figure includes it"));
        }
        if (!run.others().isEmpty()) {
            remarks.add(new Remark("others", devices(run.others(), units) + ": used by other programs, in no total"));
        }
        List<DeviceSnapshot> assumed = run.devices().stream()
                .filter(device -> device.share()
                        .filter(share -> share.use() == Use.ASSUMED)
                        .isPresent())
                .toList();
        if (!assumed.isEmpty()) {
            remarks.add(new Remark("assumed", devices(assumed, units) + ": counted as this JVM's; nothing says whose"));
        }
        long dropped = run.trainings().snapshot().dropped();
        if (dropped > 0) {
            remarks.add(new Remark("lost", dropped + " boundaries were dropped: epochs may be missing"));
        }
        notes.problems().forEach(problem -> remarks.add(new Remark("note", problem)));
        return remarks;
    }

    private static String devices(List<DeviceSnapshot> devices, RunUnits units) {
        return devices.stream()
                .map(device -> device.domain().device() + " " + units.energy(device.microjoules()))
                .collect(Collectors.joining(", "));
    }
}
