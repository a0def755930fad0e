/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.ledger.detail.CheckpointDetail;
import dev.wattle.core.ledger.detail.DeviceDetail;
import dev.wattle.core.ledger.detail.PhaseDetail;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.report.text.EvenSample;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.report.text.UnitScale;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The part of a run's report about where its energy went: power over time, phases, devices. */
final class EnergySection {

    private static final int MAX_STEPS = 200;
    private static final int MAX_DEVICES = Series.COLOURS;
    private static final int X_TICKS = 6;
    private static final int Y_TICKS = 5;
    private static final double MICRO_PER_UNIT = 1e6;

    private final HtmlWriter out;
    private final RunDetail run;
    private final RunUnits units;

    EnergySection(HtmlWriter out, RunDetail run, RunUnits units) {
        this.out = out;
        this.run = run;
        this.units = units;
    }

    void write() {
        if (run.devices().isEmpty() && run.phases().isEmpty()) {
            return;
        }
        out.start("section").element("h2", "Where the energy went");
        power();
        phases();
        devices();
        out.endLine();
    }

    private void power() {
        List<CheckpointDetail> moments = EvenSample.of(run.checkpoints(), MAX_STEPS);
        if (moments.size() < 3) {
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        moments.forEach(moment -> names.addAll(moment.microjoules().keySet()));
        UnitScale time = UnitScale.seconds(moments.get(moments.size() - 1).seconds());
        List<Series> series = new ArrayList<>();
        double largest = 0;
        for (String device : names.stream().limit(MAX_DEVICES).toList()) {
            List<Mark> marks = steps(moments, device, time);
            largest =
                    Math.max(largest, marks.stream().mapToDouble(Mark::y).max().orElse(0));
            series.add(new Series(names.size() > 1 ? device : "", Series.Style.PLAIN_LINE, series.size(), marks));
        }
        new XyChart(
                        "power",
                        "Mean power between checkpoints",
                        "Lines of the mean power of each device over the time of the run, highest "
                                + QuantityFormat.watts((long) (MICRO_PER_UNIT * largest)) + ".",
                        "time in " + time.unit(),
                        "power in W",
                        Axis.fromZero(moments.get(moments.size() - 1).seconds() / time.size(), X_TICKS),
                        Axis.fromZero(largest, Y_TICKS),
                        series,
                        Optional.empty())
                .write(out);
        if (names.size() > MAX_DEVICES) {
            out.element("p", names.size() - MAX_DEVICES + " more devices are in the table.", "class", "quiet");
        }
    }

    private static List<Mark> steps(List<CheckpointDetail> moments, String device, UnitScale time) {
        List<Mark> marks = new ArrayList<>();
        for (int i = 1; i < moments.size(); i++) {
            CheckpointDetail from = moments.get(i - 1);
            CheckpointDetail to = moments.get(i);
            Long before = from.microjoules().get(device);
            Long after = to.microjoules().get(device);
            if (before == null || after == null || after < before || to.seconds() <= from.seconds()) {
                continue;
            }
            double watts = (after - before) / MICRO_PER_UNIT / (to.seconds() - from.seconds());
            String text = device + ": " + QuantityFormat.watts(Math.round(MICRO_PER_UNIT * watts)) + " from "
                    + time.of(from.seconds()) + " to " + time.of(to.seconds()) + " " + time.unit();
            marks.add(new Mark(from.seconds() / time.size(), watts, text));
            marks.add(new Mark(to.seconds() / time.size(), watts, text));
        }
        return marks;
    }

    private void phases() {
        long whole = run.totalMicrojoules();
        List<PhaseDetail> used =
                run.phases().stream().filter(phase -> phase.microjoules() > 0).toList();
        if (used.isEmpty()) {
            return;
        }
        out.element("h3", "Phases");
        TableWriter table = new TableWriter(out);
        table.start(
                "Energy by phase; the phases add up to the run",
                1,
                List.of("phase", "energy in " + units.energy().unit(), "share", ""));
        for (PhaseDetail phase : used) {
            out.start("tr");
            out.start("th", "scope", "row", "class", "name").text(nameOf(phase)).end();
            out.element("td", units.energyNumber(phase.microjoules()), "class", "number");
            out.element("td", AnswerSection.percent(phase.microjoules(), whole), "class", "number");
            out.start("td", "class", "name");
            shareBar(out, whole == 0 ? 0 : (double) phase.microjoules() / whole);
            out.end().endLine();
        }
        table.end();
    }

    /** A bar of a table's row, which its number says too. */
    static void shareBar(HtmlWriter out, double share) {
        out.start("svg", "class", "share s0", "width", "100%", "height", "10", "aria-hidden", "true");
        out.start("rect", "width", PlotFrame.percent(Math.max(0, Math.min(1, share))), "height", "10")
                .end();
        out.end();
    }

    private static String nameOf(PhaseDetail phase) {
        return switch (phase.phase()) {
            case "outside" -> "outside of trainings";
            case "pending" -> "not attributed yet";
            default -> phase.framework() + " " + phase.phase();
        };
    }

    private void devices() {
        if (run.devices().isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (DeviceDetail device : run.devices()) {
            rows.add(List.of(
                    device.device(),
                    device.name(),
                    units.energyNumber(device.microjoules()),
                    device.averageMicrowatts() == 0 ? "-" : QuantityFormat.watts(device.averageMicrowatts()),
                    device.peakMicrowatts() == 0 ? "-" : QuantityFormat.watts(device.peakMicrowatts()),
                    device.quality(),
                    device.gaps() == 0
                            ? "none"
                            : device.gaps() + String.format((Locale) null, ", %.1f s", device.gapSeconds())));
        }
        out.element("h3", "Devices");
        new TableWriter(out)
                .table(
                        "Energy by device",
                        2,
                        List.of(
                                "device",
                                "hardware",
                                "energy in " + units.energy().unit(),
                                "mean power",
                                "peak",
                                "quality",
                                "gaps"),
                        rows);
        for (DeviceDetail device : run.devices()) {
            if (!device.suspectReason().isEmpty()) {
                out.start("p", "class", "warn");
                out.name(device.device()).text(": its counter was replaced: " + device.suspectReason());
                out.endLine();
            }
        }
    }
}
