/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.ledger.detail.EpochDetail;
import dev.wattle.core.ledger.detail.ProjectionDetail;
import dev.wattle.core.ledger.detail.TrainingDetail;
import dev.wattle.core.report.text.CurveText;
import dev.wattle.core.report.text.EpochMark;
import dev.wattle.core.report.text.EvenSample;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.report.text.UnitScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The part of a run's report about one training: its curve, its epochs, its projections. */
final class TrainingSection {

    private static final int MAX_ROWS = 30;
    private static final int MAX_BARS = 120;
    private static final int X_TICKS = 6;
    private static final int Y_TICKS = 5;

    private final HtmlWriter out;
    private final TrainingDetail training;
    private final RunUnits units;
    private final String id;

    TrainingSection(HtmlWriter out, TrainingDetail training, RunUnits units) {
        this.out = out;
        this.training = training;
        this.units = units;
        this.id = "training-" + training.number();
    }

    void write() {
        out.start("section").start("h2").text("Training " + training.number() + ": " + training.framework());
        if (!training.name().isEmpty()) {
            out.text(" ").name(training.name());
        }
        out.endLine();
        out.element("p", headline());
        training.curve().ifPresent(this::curve);
        if (training.epochs().size() > 1) {
            epochEnergies();
        }
        projections();
        if (!training.epochs().isEmpty()) {
            epochTable();
        }
        out.endLine();
    }

    private String headline() {
        String planned = training.plannedEpochs() > 0 ? " of " + training.plannedEpochs() + " planned" : "";
        StringBuilder text = new StringBuilder()
                .append(training.epochsDone())
                .append(planned)
                .append(training.epochsDone() == 1 && planned.isEmpty() ? " epoch, " : " epochs, ")
                .append(grouped(training.iterations()))
                .append(" iterations, ");
        if (training.samples() > 0) {
            text.append(grouped(training.samples())).append(" samples, ");
        }
        text.append(units.energy(training.microjoules()));
        if (!training.quality().isEmpty()) {
            text.append(" (").append(training.quality()).append(')');
        }
        if (training.samples() > 0 && training.microjoules() > 0) {
            double joules = EnergyUnits.joules(training.microjoules()) / training.samples();
            text.append("; ").append(UnitScale.joules(joules).text(joules)).append(" a sample");
        }
        return text.append('.').toString();
    }

    private void curve(LearningCurve curve) {
        String metric = curve.metric().name();
        UnitScale scale = units.energy();
        List<Mark> marks = new ArrayList<>();
        for (LearningCurve.Point point : curve.points()) {
            marks.add(new Mark(
                    EnergyUnits.joules(point.microjoules()) / scale.size(),
                    curve.range().clamp(point.value()),
                    "epoch " + point.epoch() + ": " + metric + " " + QuantityFormat.digits(point.value()) + " after "
                            + units.energy(point.microjoules())));
        }
        double largest = marks.get(marks.size() - 1).x();
        Optional<XyChart.Guide> corner = curve.cornerEpoch().isPresent()
                ? curve.points().stream()
                        .filter(point -> point.epoch() == curve.cornerEpoch().getAsInt())
                        .findFirst()
                        .map(point -> new XyChart.Guide(
                                EnergyUnits.joules(point.microjoules()) / scale.size(),
                                curve.range().clamp(point.value()),
                                "after epoch " + point.epoch()))
                : Optional.empty();
        String words = CurveText.of(curve);
        new XyChart(
                        id + "-curve",
                        metric + " over the energy used",
                        "Line of " + metric + " after each epoch over the energy of the training until then, from "
                                + QuantityFormat.digits(curve.points().get(0).value()) + " to "
                                + QuantityFormat.digits(curve.points()
                                        .get(curve.points().size() - 1)
                                        .value())
                                + ". " + words,
                        "energy in " + scale.unit(),
                        metric,
                        Axis.fromZero(largest, X_TICKS),
                        Axis.of(curve.range().low(), curve.range().high(), Y_TICKS),
                        List.of(new Series("", Series.Style.LINE, 0, marks)),
                        corner)
                .write(out);
        if (!words.isEmpty()) {
            out.element("p", words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".");
        }
        long outside = curve.points().stream()
                .filter(point -> curve.range().isBeyond(point.value()))
                .count();
        if (outside > 0) {
            out.element(
                    "p",
                    outside + (outside == 1 ? " value is" : " values are")
                            + " far from all others and drawn at the edge; pointing at it shows the value.",
                    "class",
                    "quiet");
        }
    }

    private void epochEnergies() {
        List<EpochDetail> shown = EvenSample.of(training.epochs(), MAX_BARS);
        UnitScale scale = units.energy();
        List<BarChart.Bar> bars = new ArrayList<>();
        double largest = 0;
        boolean validated = shown.stream().anyMatch(epoch -> epoch.validationMicrojoules() > 0);
        for (EpochDetail epoch : shown) {
            double epochs = epoch.last() - epoch.first() + 1.0;
            double whole = EnergyUnits.joules(epoch.totalMicrojoules()) / scale.size() / epochs;
            double validation =
                    Math.min(whole, EnergyUnits.joules(epoch.validationMicrojoules()) / scale.size() / epochs);
            largest = Math.max(largest, whole);
            String number = numberOf(epoch);
            String energy =
                    "epoch " + number + ": " + units.energy(epoch.totalMicrojoules()) + (epochs > 1 ? " together" : "");
            String of = energy + ", of it " + units.energy(epoch.validationMicrojoules()) + " validation";
            bars.add(new BarChart.Bar(
                    number,
                    validated ? List.of(whole - validation, validation) : List.of(whole),
                    validated ? List.of(of, of) : List.of(energy)));
        }
        new BarChart(
                        id + "-epochs",
                        "Energy of each epoch",
                        "Bars of the energy of " + shown.size() + " epochs; the table below has the figures.",
                        "energy in " + scale.unit(),
                        "epoch",
                        Axis.fromZero(largest, Y_TICKS),
                        validated ? List.of("training", "validation") : List.of(""),
                        bars)
                .write(out);
    }

    private void projections() {
        List<List<String>> rows = new ArrayList<>();
        for (ProjectionDetail projection : training.projections()) {
            boolean decided = Double.isFinite(projection.actualMicrojoules());
            rows.add(List.of(
                    projection.percent() + " %",
                    energy(projection.expectedMicrojoules()),
                    Double.isFinite(projection.lowMicrojoules())
                            ? energy(projection.lowMicrojoules()) + " to " + energy(projection.highMicrojoules())
                            : "-",
                    decided ? energy(projection.actualMicrojoules()) : "-",
                    Double.isFinite(projection.energyError())
                            ? String.format((Locale) null, "%+.1f %%", 100 * projection.energyError())
                            : "-"));
        }
        if (!rows.isEmpty()) {
            out.element("h3", "Projections");
            new TableWriter(out)
                    .table(
                            "Energy of the planned epochs as projected on the way, in "
                                    + units.energy().unit(),
                            0,
                            List.of("epochs done", "projected", "range", "actual", "error"),
                            rows);
        }
    }

    private String energy(double microjoules) {
        return microjoules >= 0 ? units.energyNumber((long) Math.min(Long.MAX_VALUE, microjoules)) : "-";
    }

    private void epochTable() {
        List<EpochDetail> shown = EvenSample.of(training.epochs(), MAX_ROWS);
        Optional<String> merit =
                training.curve().map(curve -> curve.metric().name()).filter(name -> !name.equals("loss"));
        double longest = shown.stream()
                .mapToDouble(EpochDetail::seconds)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        UnitScale seconds = UnitScale.seconds(longest);
        UnitScale perSample = UnitScale.joules(shown.stream()
                .filter(epoch -> epoch.samples() > 0)
                .mapToDouble(epoch -> EnergyUnits.joules(epoch.totalMicrojoules()) / epoch.samples())
                .max()
                .orElse(0));
        List<String> heads = new ArrayList<>(List.of(
                "epoch",
                "time in " + seconds.unit(),
                "energy in " + units.energy().unit(),
                "samples/s",
                perSample.unit() + " per sample",
                "loss"));
        merit.ifPresent(heads::add);
        out.element("h3", "Epochs");
        TableWriter table = new TableWriter(out);
        table.start(
                shown.size() < training.epochs().size()
                        ? shown.size() + " of " + training.epochs().size()
                                + " lines of epochs, evenly chosen; all are in the journal"
                        : "The epochs of the training",
                0,
                heads);
        for (EpochDetail epoch : shown) {
            boolean known = epoch.samples() > 0;
            List<String> cells = new ArrayList<>(List.of(
                    numberOf(epoch) + marks(epoch),
                    seconds.of(epoch.seconds()),
                    units.energyNumber(epoch.totalMicrojoules()),
                    known && epoch.seconds() > 0 ? QuantityFormat.digits(epoch.samples() / epoch.seconds()) : "-",
                    known ? perSample.of(EnergyUnits.joules(epoch.totalMicrojoules()) / epoch.samples()) : "-",
                    digits(epoch.loss())));
            merit.ifPresent(name -> cells.add(digits(epoch.value(name))));
            table.row(0, cells);
        }
        table.end();
        for (EpochMark mark : EpochMark.values()) {
            if (shown.stream().anyMatch(epoch -> hasMark(epoch, mark))) {
                out.element("p", mark.sign() + " " + mark.meaning(), "class", "quiet");
            }
        }
    }

    private static String grouped(long count) {
        return String.format((Locale) null, "%,d", count);
    }

    private static String digits(double value) {
        return Double.isFinite(value) ? QuantityFormat.digits(value) : "-";
    }

    private static String numberOf(EpochDetail epoch) {
        return epoch.first() == epoch.last() ? String.valueOf(epoch.first()) : epoch.first() + "-" + epoch.last();
    }

    private static String marks(EpochDetail epoch) {
        StringBuilder marks = new StringBuilder();
        for (EpochMark mark : EpochMark.values()) {
            marks.append(hasMark(epoch, mark) ? " " + mark.sign() : "");
        }
        return marks.toString();
    }

    private static boolean hasMark(EpochDetail epoch, EpochMark mark) {
        return switch (mark) {
            case INTERPOLATED -> epoch.belowResolution();
            case SHARED -> epoch.shared();
            case INCOMPLETE -> epoch.incomplete();
        };
    }
}
