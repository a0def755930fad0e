/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.ValueRange;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The part of the summary that is about trainings: their epochs, what became of projections, the curve, phases, windows. */
final class TrainingText {

    static final int MOST_TRAININGS = 4;

    private static final int MOST_WINDOWS = 12;
    private static final int FEWEST_TO_DRAW = 5;
    private static final int NAME_WIDTH = 24;

    /** Less is written as 0.00 J. */
    private static final long LEAST_SHOWN_MICROJOULES = 5_000;

    private final RunSnapshot report;
    private final TrainingsSnapshot training;
    private final SummaryLines lines;

    private TrainingText(RunSnapshot report, SummaryLines lines) {
        this.report = report;
        this.training = report.training();
        this.lines = lines;
    }

    static void write(RunSnapshot report, SummaryLines lines) {
        TrainingText text = new TrainingText(report, lines);
        text.trainings();
        text.phases();
        text.windows();
        text.training.budget().ifPresent(state -> lines.field("budget", BudgetText.summary(state)));
        long dropped = text.training.snapshot().dropped();
        if (dropped > 0) {
            lines.field(
                    "lost", dropped + " boundaries came too fast to be followed: epochs and iterations may be missing");
        }
    }

    private void trainings() {
        List<TrainingRecord> all = training.snapshot().trainings();
        List<TrainingRecord> told = all.subList(Math.max(0, all.size() - MOST_TRAININGS), all.size());
        long untold = all.size() - told.size() + (long) training.snapshot().forgotten();
        if (untold > 0) {
            lines.field("trainings", untold + " earlier ones are not shown, but in the phases below");
        }
        told.forEach(this::training);
    }

    private void training(TrainingRecord record) {
        Forecast outlook = training.outlook(record);
        List<EpochRecord> epochs = record.epochs();
        Optional<LearningCurve> curve = LearningCurve.of(record);
        lines.field("training " + record.training(), headOf(record, outlook));
        if (epochs.isEmpty()) {
            return;
        }
        EpochTable table = new EpochTable(epochs, curve.map(LearningCurve::merit), report.carbon());
        table.lines().forEach(lines::plain);
        remarks(table);
        outlook.projection()
                .ifPresent(projection -> lines.field("projection", ProjectionText.of(projection, report.carbon())));
        ProjectionText.checks(record, outlook).forEach(sentence -> lines.field("projected", sentence));
        curve.ifPresent(this::curve);
    }

    private static String headOf(TrainingRecord record, Forecast outlook) {
        long used = EnergySums.total(record.microjoules());
        String planned = outlook.plannedEpochs() > 0 ? " of " + outlook.plannedEpochs() : "";
        return record.framework().tag() + (record.name().isEmpty() ? "" : " \"" + printable(record.name()) + "\"")
                + ", "
                + record.epochsDone() + planned
                + (record.epochsDone() == 1 && planned.isEmpty() ? " epoch, " : " epochs, ")
                + record.iterations() + " iterations, " + QuantityFormat.joules(used)
                + (record.domains().isEmpty() ? "" : " (" + TrainingsSnapshot.quality(record.domains()) + ")")
                + (record.insideMicrojoules() > 0
                        ? " and " + QuantityFormat.joules(record.insideMicrojoules()) + " in trainings inside of it"
                        : "")
                + (record.incomplete() ? "; some of what it told was lost" : "");
    }

    private void remarks(EpochTable table) {
        table.fullMerit().ifPresent(name -> lines.field("", "the last column is " + printable(name)));
        if (table.omittedEpochs() > 0) {
            lines.field(
                    "",
                    table.omittedEpochs() + " more epochs between these used "
                            + QuantityFormat.joules(table.omittedMicrojoules()) + "; all together "
                            + QuantityFormat.joules(table.totalMicrojoules()));
        }
        if (table.betweenMicrojoules() >= LEAST_SHOWN_MICROJOULES) {
            lines.field("", QuantityFormat.joules(table.betweenMicrojoules()) + " more were used between epochs");
        }
        if (table.insideMicrojoules() > 0) {
            lines.field(
                    "",
                    "of which " + QuantityFormat.joules(table.insideMicrojoules())
                            + " were used by trainings inside of these epochs, and are in their figures too");
        }
        if (table.hasInterpolated()) {
            lines.field("", "~ shorter than two steps of the slowest sensor: little more than an interpolation");
        }
        if (table.hasShared()) {
            lines.field("", "* another training was at work too; each bears an equal part");
        }
        if (table.hasIncomplete()) {
            lines.field("", "! some of what it told was lost, or was not metered: figures may be too small");
        }
    }

    private void curve(LearningCurve curve) {
        String text = CurveText.of(curve);
        if (!text.isEmpty()) {
            lines.field("curve", text);
        }
        if (curve.points().size() >= FEWEST_TO_DRAW) {
            lines.field("", curve.merit().name() + " over the energy used:");
            CurvePlot.of(curve).forEach(lines::plain);
            String beyond = beyond(curve);
            if (!beyond.isEmpty()) {
                lines.field("", beyond);
            }
        }
    }

    /** What the plot does not show. */
    private static String beyond(LearningCurve curve) {
        ValueRange range = curve.range();
        List<Double> beyond = curve.points().stream()
                .map(LearningCurve.Point::value)
                .filter(range::isBeyond)
                .toList();
        if (beyond.isEmpty()) {
            return "";
        }
        return (beyond.size() == 1 ? "1 value lies" : beyond.size() + " values lie") + " beyond the scale (^ v): "
                + QuantityFormat.digits(beyond.get(0))
                + (beyond.size() == 1 ? "" : " and others");
    }

    private void phases() {
        List<PhaseEnergy> phases = training.snapshot().phases();
        long total = phases.stream().mapToLong(PhaseEnergy::totalMicrojoules).sum();
        if (training.snapshot().trainings().isEmpty() || total == 0) {
            return;
        }
        lines.plain(String.format((Locale) null, "  %-22s %12s %8s", "phase", "energy", "share"));
        for (PhaseEnergy phase : phases) {
            String name = phase.framework().equals(PhaseEnergy.NO_FRAMEWORK)
                    ? phase.phase().tag()
                    : phase.framework() + " " + phase.phase().tag();
            phaseRow(name, phase.totalMicrojoules(), total);
        }
        phaseRow("all", total, total);
    }

    private void phaseRow(String name, long microjoules, long total) {
        lines.plain(String.format(
                (Locale) null,
                "  %-22s %12s %6.1f %%",
                name,
                QuantityFormat.joules(microjoules),
                100.0 * microjoules / total));
    }

    private void windows() {
        List<WindowTotals> windows = training.windows();
        if (windows.isEmpty()) {
            return;
        }
        lines.plain(String.format((Locale) null, "  %-24s %9s %14s %12s", "window", "times", "time", "energy"));
        for (WindowTotals window : windows.subList(0, Math.min(MOST_WINDOWS, windows.size()))) {
            String name = printable(window.name());
            lines.plain(String.format(
                    (Locale) null,
                    "  %-24s %9d %14s %12s%s",
                    name.length() > NAME_WIDTH ? name.substring(0, NAME_WIDTH - 2) + ".." : name,
                    window.count(),
                    QuantityFormat.duration(window.nanos()),
                    QuantityFormat.joules(window.totalMicrojoules()),
                    (window.belowResolution() > 0 ? " ~" : "")
                            + (window.unmeteredNanos() > 0 || window.incomplete() > 0 ? " !" : "")));
        }
        if (windows.size() > MOST_WINDOWS) {
            lines.field("", windows.size() - MOST_WINDOWS + " more windows are in the journal");
        }
        if (windows.stream().anyMatch(window -> window.incomplete() > 0)) {
            lines.field("", "! a device did not answer in some of them: their energy is not complete");
        }
        if (windows.stream().anyMatch(window -> window.belowResolution() > 0)) {
            lines.field("", "~ some were shorter than two steps of the slowest sensor");
        }
        unmetered(windows);
    }

    private void unmetered(List<WindowTotals> windows) {
        long nanos = windows.stream().mapToLong(WindowTotals::unmeteredNanos).sum();
        if (nanos > 0) {
            lines.field(
                    "",
                    String.format((Locale) null, "! %.3f s", nanos / 1e9)
                            + " of these were before the first reading, and are in no energy");
        }
    }

    /** A name comes from the program and may hold anything; a terminal should not have to bear that. */
    private static String printable(String name) {
        StringBuilder printable = new StringBuilder();
        name.codePoints()
                .limit(60)
                .map(character -> Character.isISOControl(character) || Character.getType(character) == Character.FORMAT
                        ? '?'
                        : character)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
