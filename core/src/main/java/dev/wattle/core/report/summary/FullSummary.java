/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.DeviceUsage.Use;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.report.text.CoverageText;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSci;
import dev.wattle.core.snapshot.RunSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the full summary shows below the answer: every device, training, phase, window and note. */
final class FullSummary {

    private final RunSnapshot run;
    private final RunUnits units;
    private final SummaryLines lines = new SummaryLines();

    private FullSummary(RunSnapshot run) {
        this.run = run;
        this.units = RunUnits.of(run);
    }

    /** The run, its devices and their sum. */
    static String devices(RunSnapshot run) {
        FullSummary text = new FullSummary(run);
        text.head();
        if (run.devices().isEmpty()) {
            text.lines.field("energy", "unknown: no device could be read in this run");
        } else {
            DeviceTable.lines(run, text.units).forEach(text.lines::plain);
            text.energy();
            text.emissions();
            SciText.publishedPue(run.carbon()).ifPresent(sentence -> text.lines.field("PUE", sentence));
            RunSci.of(run).ifPresent(sci -> text.lines.field("SCI", SciText.of(sci, text.units)));
        }
        return text.lines.text();
    }

    /** What follows {@link #devices}. */
    static String rest(RunSnapshot run, SummaryNotes notes) {
        FullSummary text = new FullSummary(run);
        text.ownShare();
        text.iterations();
        if (!run.devices().isEmpty()) {
            text.coverage();
        }
        text.otherDevices();
        text.assumedDevices();
        TrainingSection.write(run, text.units, text.lines);
        notes.model().ifPresent(model -> text.lines.field("note", model));
        notes.problems().forEach(problem -> text.lines.field("note", problem));
        notes.absent().forEach(source -> text.lines.field("note", source));
        text.meter();
        text.lines.field("journal", notes.journal());
        return text.lines.text();
    }

    private void head() {
        lines.field("run", RunLine.name(run.run()));
        lines.field("wall time", QuantityFormat.duration(run.wallNanos()));
    }

    private void energy() {
        Map<Quality, Long> sums = run.microjoulesByQuality();
        String parts = sums.entrySet().stream()
                .map(part -> units.energy(part.getValue()) + " " + part.getKey().tag())
                .collect(Collectors.joining(", "));
        lines.field("energy", sums.size() == 1 ? parts : units.energy(run.microjoules()) + ": " + parts);
    }

    private void emissions() {
        lines.field("CO2e", units.co2e(run.gramsCo2e()) + " at " + CarbonText.full(run));
        CarbonText.bestHour(run, units).ifPresent(sentence -> lines.field("", sentence));
        if (run.carbon().worldAverage()) {
            lines.field("", CarbonText.NO_ZONE);
        }
    }

    private void ownShare() {
        run.processMicrojoules().forEach((component, sums) -> {
            boolean cpu = component == Component.CPU;
            String owner = cpu ? "the CPU's" : "the GPUs'";
            String rule = cpu ? ", by processor time, without idle power" : "";
            sums.forEach((quality, sum) -> lines.field(
                    "this JVM", units.energy(sum) + " of " + owner + " energy (" + quality.tag() + ")" + rule));
        });
    }

    private void iterations() {
        run.iterations().forEach((framework, count) -> lines.field("iterations", count + " (" + framework.tag() + ")"));
    }

    private void coverage() {
        lines.field("coverage", CoverageText.of(run));
        run.devices()
                .forEach(device -> DeviceNotes.lateness(device, run.run().started())
                        .ifPresent(note -> lines.field(device.domain().device(), note)));
        run.devices()
                .forEach(device -> DeviceNotes.of(device, units)
                        .forEach(note -> lines.field(device.domain().device(), note)));
        boolean container =
                run.devices().stream().anyMatch(device -> device.domain().scope() == Scope.CONTAINER);
        lines.field(
                "scope",
                container
                        ? "the processors and memory of this container"
                        : "the whole machine, other programs included");
        if (!run.unread().isEmpty()) {
            lines.field("unread", String.join(", ", run.unread()) + " never responded; no figure includes it");
        }
        if (Stream.concat(run.devices().stream(), run.others().stream())
                .noneMatch(device -> device.domain().component() == Component.GPU)) {
            lines.field("GPU", "none metered");
        }
    }

    private void otherDevices() {
        if (!run.others().isEmpty()) {
            lines.plain("  devices of other programs, in no total:");
            DeviceTable.rows(run.others(), units).forEach(lines::plain);
        }
    }

    private void assumedDevices() {
        Map<String, List<String>> devicesByRule = new TreeMap<>();
        for (DeviceSnapshot device : run.devices()) {
            device.share()
                    .filter(share -> share.use() == Use.ASSUMED)
                    .ifPresent(share -> devicesByRule
                            .computeIfAbsent(share.rule(), rule -> new ArrayList<>())
                            .add(device.domain().device()));
        }
        devicesByRule.forEach((rule, devices) ->
                lines.field("assumed", String.join(", ", devices) + " counted as this JVM's: " + rule));
    }

    private void meter() {
        lines.field(
                "meter",
                run.ticks() + " readings every " + QuantityFormat.digits(run.periodNanos() / 1e6) + " ms, "
                        + run.missedTicks() + " missed; " + cost());
    }

    /** Without the JVM's compiler and collector threads: nothing shows which part of their work is the meter's. */
    private String cost() {
        if (run.meterCpuNanos() < 0 || run.meterStartCpuNanos() < 0 || run.wallNanos() <= 0) {
            return "cost unknown";
        }
        return String.format(
                (Locale) null,
                "its threads used %.0f ms of processor time to start, then %.2f %% of a core; not included: the"
                        + " JVM's compilation of their code, the end of the run",
                run.meterStartCpuNanos() / 1e6,
                100.0 * (run.meterCpuNanos() - run.meterStartCpuNanos()) / run.wallNanos());
    }
}
