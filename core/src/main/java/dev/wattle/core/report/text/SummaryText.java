/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.impact.BestHour;
import dev.wattle.core.impact.IntensityText;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.DeviceUsage.Use;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The block of text at the end of a run: ASCII apart from names, at most {@value SummaryLines#WIDTH} columns wide apart from
 * values that must not be broken, such as a path.
 */
public final class SummaryText {

    private final RunSnapshot run;
    private final SummaryLines lines = new SummaryLines();

    private SummaryText(RunSnapshot run) {
        this.run = run;
    }

    /**
     * Writes the block.
     *
     * @param notes what else the reader should know, a sentence each: the model and its error, what could not be read
     * @param journal the path of the run's journal, or why there is none
     */
    public static String of(RunSnapshot run, List<String> notes, String journal) {
        return totals(run) + rest(run, notes, journal);
    }

    /** The first lines of the block, with the energy of the run and of each device. */
    public static String totals(RunSnapshot run) {
        SummaryText text = new SummaryText(run);
        text.head();
        if (run.devices().isEmpty()) {
            text.lines.field("energy", "unknown: no device could be read in this run");
        } else {
            DeviceTable.lines(run).forEach(text.lines::plain);
            text.energy();
            text.emissions();
        }
        return text.lines.text();
    }

    /** What follows {@link #totals(RunSnapshot)} in the block. */
    public static String rest(RunSnapshot run, List<String> notes, String journal) {
        SummaryText text = new SummaryText(run);
        text.ownShare();
        text.iterations();
        if (!run.devices().isEmpty()) {
            text.coverage();
        }
        text.otherDevices();
        text.assumedDevices();
        TrainingText.write(run, text.lines);
        notes.forEach(note -> text.lines.field("note", note));
        text.meter();
        text.lines.field("journal", journal);
        return text.lines.text();
    }

    private void head() {
        lines.plain("wattle: energy of run " + run.run().run()
                + run.run().project().map(project -> " (" + project + ")").orElse(""));
        lines.field("wall time", QuantityFormat.duration(run.wallNanos()));
    }

    private void energy() {
        Map<Quality, Long> sums = run.microjoulesByQuality();
        String parts = sums.entrySet().stream()
                .map(part -> QuantityFormat.kwh(EnergyUnits.kwh(part.getValue())) + " "
                        + part.getKey().tag())
                .collect(Collectors.joining(", "));
        String total = QuantityFormat.kwh(EnergyUnits.kwh(run.microjoules()));
        lines.field("energy", sums.size() == 1 ? parts : total + ": " + parts);
    }

    private void emissions() {
        CarbonSettings carbon = run.carbon();
        lines.field("CO2e", QuantityFormat.grams(run.gramsCo2e()) + " at " + describe());
        BestHour.of(carbon, run.microjoules(), Duration.ofNanos(run.wallNanos()))
                .ifPresent(best -> lines.field("", best.sentence(run.gramsCo2e(), QuantityFormat::grams)));
        if (carbon.worldAverage()) {
            lines.field(
                    "",
                    "No known zone is set: this is the WORLD AVERAGE. Set yours: zone=FR, zone=US-CA or "
                            + "zone=aws:eu-west-3.");
        }
    }

    private String describe() {
        CarbonSettings carbon = run.carbon();
        if (!carbon.history().isConstant()) {
            return IntensityText.of(carbon, run.microjoules()) + ", PUE " + pue(carbon);
        }
        CarbonIntensity intensity = carbon.intensity();
        String figure = QuantityFormat.digits(intensity.gramsPerKwh()) + " g/kWh (";
        String origin = intensity.zone().equals(CarbonIntensity.CUSTOM)
                ? "as configured"
                : intensity.zone() + ", " + intensity.year() + ", "
                        + intensity.kind().tag();
        return figure + origin + "), PUE " + pue(carbon);
    }

    private static String pue(CarbonSettings carbon) {
        return String.format((Locale) null, "%.2f", carbon.pue());
    }

    private void ownShare() {
        run.processMicrojoules().forEach((component, sums) -> {
            boolean cpu = component == Component.CPU;
            String owner = cpu ? "the CPU's" : "the GPUs'";
            String rule = cpu ? ", by processor time, without idle power" : "";
            sums.forEach((quality, sum) -> lines.field(
                    "this JVM",
                    QuantityFormat.joules(sum) + " of " + owner + " energy (" + quality.tag() + ")" + rule));
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
                .forEach(device -> DeviceNotes.of(device)
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
            DeviceTable.rows(run.others()).forEach(lines::plain);
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
