/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.report.text.BudgetText;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.report.text.TrainingText;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.util.List;

/**
 * What the short summary shows below the answer: the run, its trainings, what limits the figures, and where the rest is.
 * With the answer it has at most {@value #MAX_LINES} lines for a run of one training.
 */
final class ShortSummary {

    static final int MAX_LINES = 25;

    private static final int ANSWER_LINES = 4;
    private static final int MAX_ROWS = 6;
    private static final int MIN_ROWS = 2;
    private static final int MAX_TRAININGS = 4;

    /** The heading and the rest of the table leave room for so many problems. */
    private static final int MAX_PROBLEMS = 4;

    private final RunSnapshot run;
    private final TrainingsSnapshot trainings;
    private final SummaryNotes notes;
    private final RunUnits units;
    private final SummaryLines lines = new SummaryLines();

    private ShortSummary(RunSnapshot run, SummaryNotes notes) {
        this.run = run;
        this.trainings = run.trainings();
        this.notes = notes;
        this.units = RunUnits.of(run);
    }

    /** The lines below the answer. */
    static String of(RunSnapshot run, SummaryNotes notes) {
        ShortSummary text = new ShortSummary(run, notes).write(MAX_ROWS, MAX_PROBLEMS);
        for (int less = 1; text.lines.size() + ANSWER_LINES > MAX_LINES && less <= MAX_ROWS - MIN_ROWS; less++) {
            text = new ShortSummary(run, notes).write(MAX_ROWS - less, Math.max(1, MAX_PROBLEMS - less));
        }
        return text.lines.text();
    }

    private ShortSummary write(int rows, int maxProblems) {
        head();
        List<TrainingRecord> all = trainings.snapshot().trainings();
        if (all.size() == 1 && trainings.snapshot().forgotten() == 0) {
            new ShortTraining(run, units, lines).write(all.get(0), rows);
        } else {
            headlines(all);
        }
        ShortLists.phases(trainings.snapshot().phases()).ifPresent(phases -> lines.field("phases", phases));
        ShortLists.windows(trainings.windows(), units).ifPresent(windows -> lines.field("windows", windows));
        trainings.budget().ifPresent(state -> lines.field("budget", BudgetText.summary(state)));
        problems(maxProblems);
        lines.field(
                "more",
                "summary=full" + (notes.hasJournal() && !all.isEmpty() ? "; every epoch is in the journal" : ""));
        lines.field("journal", notes.journal());
        return this;
    }

    private void head() {
        boolean container =
                run.devices().stream().anyMatch(device -> device.domain().scope() == Scope.CONTAINER);
        lines.field(
                "run",
                RunLine.name(run.run()) + ", " + QuantityFormat.duration(run.wallNanos())
                        + (container ? ", this container" : ", the whole machine"));
    }

    private void headlines(List<TrainingRecord> all) {
        List<TrainingRecord> shown = all.subList(Math.max(0, all.size() - MAX_TRAININGS), all.size());
        long omitted = all.size() - shown.size() + (long) trainings.snapshot().forgotten();
        if (omitted > 0) {
            lines.field("trainings", omitted + " earlier ones are not shown; the phases below include them");
        }
        shown.forEach(training -> lines.field(
                "training " + training.training(),
                TrainingText.headline(training, trainings.forecast(training), units)));
    }

    private void problems(int maximum) {
        List<Remark> problems = Remark.problems(run, notes, units);
        List<Remark> shown = problems.size() <= maximum ? problems : problems.subList(0, maximum - 1);
        shown.forEach(problem -> lines.field(problem.label(), problem.text()));
        if (shown.size() < problems.size()) {
            lines.field("note", problems.size() - shown.size() + " more notes: summary=full");
        }
        notes.advice().ifPresent(advice -> lines.field("note", advice));
    }
}
