/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EnergyUnits;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.sampling.DomainMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The block of text at the end of a run: plain characters, at most {@value #WIDTH} columns wide, values that must not be
 * broken (a path, a name) excepted.
 */
public final class SummaryText {

    static final int WIDTH = 80;

    private static final int LABEL = 12;
    private static final String ROW = "  %-14s %12s %11s %11s  %s";

    private final RunReport report;
    private final List<String> lines = new ArrayList<>();

    private SummaryText(RunReport report) {
        this.report = report;
    }

    /**
     * Writes the block.
     *
     * @param remarks what else the reader should know, each a sentence: the model and its error, what could not be read
     * @param journal where the run is written down, or why it is not
     */
    public static String of(RunReport report, List<String> remarks, String journal) {
        SummaryText text = new SummaryText(report);
        text.head();
        text.devices();
        text.totals();
        text.shares();
        text.coverage();
        remarks.forEach(remark -> text.field("note", remark));
        text.meter();
        text.field("journal", journal);
        return String.join("\n", text.lines) + "\n";
    }

    private void head() {
        lines.add("wattle: energy of run " + report.run().run()
                + report.run().project().map(project -> " (" + project + ")").orElse(""));
        field("wall time", Quantity.duration(report.wallNanos()));
    }

    private void devices() {
        if (report.devices().isEmpty()) {
            field("energy", "unknown: nothing could be read in this run");
            return;
        }
        lines.add(row("device", "energy", "average", "peak", "known by"));
        for (DeviceReport device : report.devices()) {
            lines.add(row(
                    device.domain().device(),
                    Quantity.joules(device.microjoules()),
                    Quantity.watts(device.averageMicrowatts()),
                    Quantity.watts(device.peakMicrowatts()),
                    device.domain().quality().tag()));
        }
        if (report.devices().size() > 1) {
            Set<Quality> qualities = report.microjoulesByQuality().keySet();
            lines.add(row(
                    "total",
                    Quantity.joules(report.microjoules()),
                    Quantity.watts(averageMicrowatts()),
                    "",
                    qualities.size() == 1 ? qualities.iterator().next().tag() : "mixed"));
        }
    }

    /** Of all devices together; where the power of one is unknown, so is the sum. */
    private long averageMicrowatts() {
        long sum = 0;
        for (DeviceReport device : report.devices()) {
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
                .map(part -> Quantity.kwh(EnergyUnits.kwh(part.getValue())) + " "
                        + part.getKey().tag())
                .collect(Collectors.joining(", "));
        String total = Quantity.kwh(EnergyUnits.kwh(report.microjoules()));
        field("energy", sums.size() == 1 ? parts : total + ": " + parts);
        CarbonSettings carbon = report.carbon();
        field("CO2e", Quantity.grams(carbon.gramsCo2e(report.microjoules())) + " at " + describe(carbon));
        if (carbon.worldAverage()) {
            field(
                    "",
                    "No known zone is set, so this is the WORLD AVERAGE. Name yours: zone=FR, zone=US-CA or "
                            + "zone=aws:eu-west-3.");
        }
    }

    private static String describe(CarbonSettings carbon) {
        CarbonIntensity intensity = carbon.intensity();
        String figure = Quantity.digits(intensity.gramsPerKwh()) + " g/kWh (";
        String origin = intensity.zone().equals(CarbonIntensity.CUSTOM)
                ? "as configured"
                : intensity.zone() + ", " + intensity.year() + ", "
                        + intensity.kind().tag();
        return figure + origin + "), PUE " + String.format(Locale.ROOT, "%.2f", carbon.pue());
    }

    private void shares() {
        report.processMicrojoules()
                .forEach((quality, microjoules) -> field(
                        "this JVM",
                        Quantity.joules(microjoules) + " of the CPU's energy (" + quality.tag()
                                + "), by processor time; idle power is left out"));
        report.iterations().forEach((framework, count) -> field("iterations", count + " (" + framework.tag() + ")"));
    }

    private void coverage() {
        if (report.devices().isEmpty()) {
            return;
        }
        DeviceReport least = report.devices().get(0);
        for (DeviceReport device : report.devices()) {
            if (device.coveredNanos() < least.coveredNanos()) {
                least = device;
            }
        }
        double part = report.wallNanos() <= 0 ? 0 : 100.0 * least.coveredNanos() / report.wallNanos();
        long gaps = report.devices().stream().mapToLong(DeviceReport::gaps).sum();
        field(
                "coverage",
                String.format(Locale.ROOT, "%.1f %%", Math.min(100, part)) + " of the wall time was sampled"
                        + (gaps == 0 ? ", no gaps" : ""));
        for (DeviceReport device : report.devices()) {
            gapsOf(device);
        }
        if (report.devices().stream().anyMatch(device -> device.domain().scope() == Scope.CONTAINER)) {
            field("scope", "the processors and memory that this container was given");
        } else {
            field("scope", "the whole machine, whatever else ran on it");
        }
        if (!report.unread().isEmpty()) {
            field("unread", String.join(", ", report.unread()) + " never answered and is not in any figure");
        }
        if (report.devices().stream().noneMatch(device -> device.domain().component() == Component.GPU)) {
            field("GPU", "none metered");
        }
    }

    private void gapsOf(DeviceReport device) {
        if (device.gaps() > 0 || device.errors() > 0 || device.rejected() > 0) {
            field(
                    device.domain().device(),
                    counted(device.gaps(), "gap") + ", " + Quantity.duration(device.gapNanos()) + "; " + device.errors()
                            + " failed and " + device.rejected() + " rejected readings"
                            + (device.interpolatedMicrojoules() == 0
                                    ? ""
                                    : "; " + Quantity.joules(device.interpolatedMicrojoules()) + " is interpolated"));
        }
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private void meter() {
        field(
                "meter",
                cost() + "; " + report.ticks() + " readings every " + Quantity.digits(report.periodNanos() / 1e6)
                        + " ms, " + report.missedTicks() + " missed");
    }

    private String cost() {
        if (report.meterCpuNanos() < 0 || report.meterStartCpuNanos() < 0 || report.wallNanos() <= 0) {
            return "cost unknown";
        }
        return String.format(
                Locale.ROOT,
                "%.0f ms of processor time to start, then %.2f %% of a core",
                report.meterStartCpuNanos() / 1e6,
                100.0 * (report.meterCpuNanos() - report.meterStartCpuNanos()) / report.wallNanos());
    }

    private void field(String label, String value) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-" + LABEL + "s", label));
        String separator = " ";
        int indent = line.length();
        boolean empty = true;
        for (String word : value.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(indent));
                empty = true;
            }
            line.append(separator).append(word);
            empty = false;
        }
        lines.add(line.toString());
    }

    private static String row(String device, String energy, String average, String peak, String quality) {
        return String.format(Locale.ROOT, ROW, device, energy, average, peak, quality)
                .stripTrailing();
    }
}
