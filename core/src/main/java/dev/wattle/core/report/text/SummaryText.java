/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.DomainMeter.Loss;
import dev.wattle.core.domain.Suspicion;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.DeviceUsage.Use;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.DeviceSnapshot.CheckReport;
import dev.wattle.core.snapshot.RunSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The block of text at the end of a run: plain characters, at most {@value SummaryLines#WIDTH} columns wide, values that must not be
 * broken (a path, a name) excepted.
 */
public final class SummaryText {

    /** A device that is read later than this answered late; the meter's own start takes less. */
    private static final long LATE_NANOS = 2_000_000_000L;

    private final RunSnapshot report;
    private final SummaryLines lines = new SummaryLines();

    private SummaryText(RunSnapshot report) {
        this.report = report;
    }

    /**
     * Writes the block.
     *
     * @param remarks what else the reader should know, each a sentence: the model and its error, what could not be read
     * @param journal where the run is written down, or why it is not
     */
    public static String of(RunSnapshot report, List<String> remarks, String journal) {
        return totals(report) + rest(report, remarks, journal);
    }

    /** The first lines of the block, with the energy of the run and of each device: what a reader looks for. */
    public static String totals(RunSnapshot report) {
        SummaryText text = new SummaryText(report);
        text.head();
        text.devices();
        text.totals();
        return text.lines.text();
    }

    /** What follows {@link #totals(RunSnapshot)} in the block. */
    public static String rest(RunSnapshot report, List<String> remarks, String journal) {
        SummaryText text = new SummaryText(report);
        text.shares();
        text.coverage();
        text.others();
        text.assumed();
        TrainingText.write(report, text.lines);
        remarks.forEach(remark -> text.lines.field("note", remark));
        text.meter();
        text.lines.field("journal", journal);
        return text.lines.text();
    }

    private void head() {
        lines.plain("wattle: energy of run " + report.run().run()
                + report.run().project().map(project -> " (" + project + ")").orElse(""));
        lines.field("wall time", QuantityFormat.duration(report.wallNanos()));
    }

    private void devices() {
        if (report.devices().isEmpty()) {
            lines.field("energy", "unknown: nothing could be read in this run");
            return;
        }
        lines.row("device", "energy", "average", "peak", "known by");
        report.devices().forEach(this::deviceRow);
        if (report.devices().size() > 1) {
            Set<Quality> qualities = report.microjoulesByQuality().keySet();
            lines.row(
                    "total",
                    QuantityFormat.joules(report.microjoules()),
                    QuantityFormat.watts(averageMicrowatts()),
                    "",
                    qualities.size() == 1 ? qualities.iterator().next().tag() : "mixed");
        }
    }

    private void deviceRow(DeviceSnapshot device) {
        lines.row(
                device.domain().device(),
                QuantityFormat.joules(device.microjoules()),
                QuantityFormat.watts(device.averageMicrowatts()),
                QuantityFormat.watts(device.peakMicrowatts()),
                device.domain().quality().tag());
    }

    /** Of all devices together; where the power of one is unknown, so is the sum. */
    private long averageMicrowatts() {
        long sum = 0;
        for (DeviceSnapshot device : report.devices()) {
            if (device.averageMicrowatts() == DomainMeter.UNKNOWN) {
                return DomainMeter.UNKNOWN;
            }
            sum += device.averageMicrowatts();
        }
        return sum;
    }

    private void totals() {
        if (report.devices().isEmpty()) {
            return;
        }
        Map<Quality, Long> sums = report.microjoulesByQuality();
        String parts = sums.entrySet().stream()
                .map(part -> QuantityFormat.kwh(EnergyUnits.kwh(part.getValue())) + " "
                        + part.getKey().tag())
                .collect(Collectors.joining(", "));
        String total = QuantityFormat.kwh(EnergyUnits.kwh(report.microjoules()));
        lines.field("energy", sums.size() == 1 ? parts : total + ": " + parts);
        CarbonSettings carbon = report.carbon();
        lines.field("CO2e", QuantityFormat.grams(carbon.gramsCo2e(report.microjoules())) + " at " + describe(carbon));
        if (carbon.worldAverage()) {
            lines.field(
                    "",
                    "No known zone is set, so this is the WORLD AVERAGE. Name yours: zone=FR, zone=US-CA or "
                            + "zone=aws:eu-west-3.");
        }
    }

    private static String describe(CarbonSettings carbon) {
        CarbonIntensity intensity = carbon.intensity();
        String figure = QuantityFormat.digits(intensity.gramsPerKwh()) + " g/kWh (";
        String origin = intensity.zone().equals(CarbonIntensity.CUSTOM)
                ? "as configured"
                : intensity.zone() + ", " + intensity.year() + ", "
                        + intensity.kind().tag();
        return figure + origin + "), PUE " + String.format((Locale) null, "%.2f", carbon.pue());
    }

    private void shares() {
        report.processMicrojoules().forEach(this::shareOf);
        report.iterations()
                .forEach((framework, count) -> lines.field("iterations", count + " (" + framework.tag() + ")"));
    }

    private void shareOf(Component component, Map<Quality, Long> sums) {
        String whose = component == Component.CPU ? "the CPU's" : "the GPUs'";
        String rule = component == Component.CPU ? ", by processor time; idle power is left out" : "";
        sums.forEach((quality, sum) -> lines.field(
                "this JVM", QuantityFormat.joules(sum) + " of " + whose + " energy (" + quality.tag() + ")" + rule));
    }

    private void coverage() {
        if (report.devices().isEmpty()) {
            return;
        }
        lines.field("coverage", CoverageText.of(report));
        report.devices().forEach(this::lateness);
        report.devices().forEach(this::peculiarities);
        if (report.devices().stream().anyMatch(device -> device.domain().scope() == Scope.CONTAINER)) {
            lines.field("scope", "the processors and memory that this container was given");
        } else {
            lines.field("scope", "the whole machine, whatever else ran on it");
        }
        if (!report.unread().isEmpty()) {
            lines.field("unread", String.join(", ", report.unread()) + " never answered and is not in any figure");
        }
        if (Stream.concat(report.devices().stream(), report.others().stream())
                .noneMatch(device -> device.domain().component() == Component.GPU)) {
            lines.field("GPU", "none metered");
        }
    }

    private void others() {
        if (!report.others().isEmpty()) {
            lines.plain("  other programs' devices, in no total:");
            report.others().forEach(this::deviceRow);
        }
    }

    private void assumed() {
        Map<String, List<String>> devicesByRule = new TreeMap<>();
        for (DeviceSnapshot device : report.devices()) {
            device.share()
                    .filter(share -> share.use() == Use.ASSUMED)
                    .ifPresent(share -> devicesByRule
                            .computeIfAbsent(share.rule(), rule -> new ArrayList<>())
                            .add(device.domain().device()));
        }
        devicesByRule.forEach((rule, devices) ->
                lines.field("whose", String.join(", ", devices) + " taken to be this JVM's: " + rule));
    }

    /** What else must be known of one device. */
    private void peculiarities(DeviceSnapshot device) {
        gapsOf(device);
        String label = device.domain().device();
        device.suspicion().ifPresent(suspicion -> lines.field(label, suspicionOf(device, suspicion)));
        device.loss().ifPresent(loss -> lines.field(label, lossOf(device, loss)));
        device.check().filter(CheckReport::disagrees).ifPresent(check -> lines.field(label, disagreement(check)));
        device.share()
                .filter(share -> share.use() == Use.SHARED || share.use() == Use.PARTITION)
                .ifPresent(share -> lines.field(
                        label,
                        QuantityFormat.joules(share.microjoules()) + " of its energy is this JVM's, " + share.rule()
                                + " (modelled)"));
    }

    private static String suspicionOf(DeviceSnapshot device, Suspicion suspicion) {
        String when = QuantityFormat.duration(
                Duration.between(device.firstReading(), suspicion.when()).toNanos());
        return "SUSPECT (" + device.domain().quality().tag() + ") after " + when + ": " + suspicion.reason()
                + (device.retired() ? "; another source was used instead" : "; what it shows is not believed");
    }

    private static String lossOf(DeviceSnapshot device, Loss loss) {
        Instant lastReading = device.lastReading();
        String when = QuantityFormat.duration(
                Duration.between(device.firstReading(), loss.when()).toNanos());
        return "LOST after " + when + ": " + loss.reason()
                + (lastReading.isAfter(loss.when())
                        ? "; it came back, and what it used in between is in no figure"
                        : "; its energy stands at what it was then");
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

    private void lateness(DeviceSnapshot device) {
        long late =
                Duration.between(report.run().started(), device.firstReading()).toNanos();
        if (late > LATE_NANOS) {
            lines.field(
                    device.domain().device(),
                    "first read " + QuantityFormat.duration(late)
                            + " after the start; what it used before is in no figure");
        }
    }

    private void gapsOf(DeviceSnapshot device) {
        if (device.gaps() > 0 || device.errors() > 0 || device.rejected() > 0) {
            lines.field(
                    device.domain().device(),
                    counted(device.gaps(), "gap") + ", " + QuantityFormat.duration(device.gapNanos()) + "; "
                            + device.errors()
                            + " failed and " + device.rejected() + " rejected readings"
                            + (device.interpolatedMicrojoules() == 0
                                    ? ""
                                    : "; " + QuantityFormat.joules(device.interpolatedMicrojoules())
                                            + " is interpolated"));
        }
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private void meter() {
        lines.field(
                "meter",
                report.ticks() + " readings every " + QuantityFormat.digits(report.periodNanos() / 1e6) + " ms, "
                        + report.missedTicks() + " missed; " + cost());
    }

    /** What can be told from within: the threads of the JVM that compile and collect work for the program too. */
    private String cost() {
        if (report.meterCpuNanos() < 0 || report.meterStartCpuNanos() < 0 || report.wallNanos() <= 0) {
            return "cost unknown";
        }
        return String.format(
                (Locale) null,
                "its own threads took %.0f ms of processor time to start, then %.2f %% of a core; the JVM's for"
                        + " compiling their code and the end of the run come on top",
                report.meterStartCpuNanos() / 1e6,
                100.0 * (report.meterCpuNanos() - report.meterStartCpuNanos()) / report.wallNanos());
    }
}
