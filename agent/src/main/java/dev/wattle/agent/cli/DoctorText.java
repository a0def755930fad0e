/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.report.text.Paragraph;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Writes the doctor's report as text, for the user and for bug reports: plain characters, at most {@value #WIDTH} columns.
 * A command has a line of its own and is not wrapped, so that it can be copied.
 */
final class DoctorText {
    static final int WIDTH = 100;

    private static final String FIELD = "  %-10s ";
    private static final String SOURCE = "%-9s %-18s %s";
    private static final String DOMAIN = "    %-15s %-4s %-10s %-9s %10s  ";

    private final DoctorReport report;
    private final List<String> lines = new ArrayList<>();
    private int problems;

    private DoctorText(DoctorReport report) {
        this.report = report;
    }

    static String of(DoctorReport report) {
        DoctorText text = new DoctorText(report);
        text.head();
        text.sources();
        text.problems();
        text.status();
        return String.join("\n", text.lines) + "\n";
    }

    private void head() {
        Environment here = report.environment();
        lines.add("wattle doctor: what can be measured here");
        field("wattle", report.wattle());
        field("date", report.date().toString());
        field("system", here.system());
        field("kernel", here.kernel());
        field("java", here.java());
        here.aotCache().ifPresent(what -> field("aot cache", what));
        field("user", here.user());
        field("container", here.container().map(mark -> "yes: " + mark).orElse("none seen"));
        field("processor", here.processor() + " (" + here.processors() + " for this JVM)");
        lines.add("");
    }

    private void sources() {
        lines.add(source("SOURCE", "STATE", "WHERE"));
        lines.add(domain("DEVICE", "PART", "QUALITY", "SCOPE", "POWER") + "NAME");
        for (ProbeKind kind : ProbeKind.values()) {
            if (!report.asked().contains(kind)) {
                lines.add(source(kind.word(), "not asked for", ""));
            }
            List<Finding> findings = report.findings(kind);
            findings.stream().filter(DoctorReport::isInUse).forEach(this::finding);
            report.readings(kind).forEach(this::reading);
            findings.stream().filter(finding -> !DoctorReport.isInUse(finding)).forEach(this::finding);
        }
        lines.add("");
    }

    private void finding(Finding finding) {
        String mark = finding.isProblem() ? " [" + ++problems + "]" : "";
        lines.add(source(finding.kind().word(), words(finding.state()) + mark, finding.place()));
        if (!finding.isProblem() && !finding.text().isEmpty()) {
            lines.addAll(Paragraph.of("    ", finding.text(), WIDTH));
        }
    }

    private void reading(LiveReading reading) {
        String lead = domain(
                reading.domain().device(),
                reading.domain().component().tag(),
                reading.domain().quality().tag(),
                reading.domain().scope().tag(),
                reading.microwatts() == DomainMeter.UNKNOWN ? "unknown" : QuantityFormat.watts(reading.microwatts()));
        lines.addAll(Paragraph.of(lead, reading.domain().name(), WIDTH));
        String error = reading.isModelled()
                ? report.modelError().map(e -> "; error " + e).orElse("")
                : "";
        lines.addAll(Paragraph.of("      ", reading.domain().source() + error, WIDTH));
    }

    private void problems() {
        int number = 0;
        for (DoctorReport.Problem problem : report.problems()) {
            lines.addAll(Paragraph.of("[" + ++number + "] ", problem.what(), WIDTH));
            problem.remedies().forEach(this::fix);
        }
        if (number > 0) {
            lines.add("");
        }
    }

    private void fix(Fix fix) {
        String when =
                fix.when().substring(0, 1).toUpperCase(Locale.ROOT) + fix.when().substring(1);
        lines.addAll(Paragraph.of("    ", when + ":", WIDTH));
        fix.commands().forEach(command -> lines.add("      " + command));
    }

    private void status() {
        String measured = devices(LiveReading::isMeasured);
        String modelled = devices(LiveReading::isModelled);
        String sentence = measured.isEmpty() ? "Nothing is measured here." : "Measured: " + measured + ".";
        String second = modelled.isEmpty() ? "" : " Modelled: " + modelled + ".";
        lines.addAll(Paragraph.of("", sentence + second, WIDTH));
    }

    private String devices(Predicate<LiveReading> which) {
        return report.readings().stream()
                .filter(which)
                .map(reading -> reading.domain().device())
                .collect(Collectors.joining(", "));
    }

    private void field(String label, String value) {
        lines.addAll(Paragraph.of(String.format((Locale) null, FIELD, label), value, WIDTH));
    }

    private static String source(String kind, String state, String place) {
        return String.format((Locale) null, SOURCE, kind, state, place).stripTrailing();
    }

    private static String domain(String device, String part, String quality, String scope, String power) {
        return String.format((Locale) null, DOMAIN, device, part, quality, scope, power);
    }

    private static String words(SourceState state) {
        return switch (state) {
            case METERED -> "in use";
            case PARTLY -> "partly in use";
            case REFUSED -> "not readable";
            case UNNEEDED -> "not needed";
            case ABSENT -> "not found";
        };
    }
}
