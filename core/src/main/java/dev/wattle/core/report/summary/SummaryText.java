/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.snapshot.RunSnapshot;

/**
 * The text at the end of a run. It leads with the {@linkplain AnswerLines answer}: energy and CO2e, what they are like, whose they
 * are, and what the end of the training was worth. ASCII apart from names; below the answer at most
 * {@value SummaryLines#WIDTH} columns wide, apart from values that must not be broken, such as a path.
 */
public final class SummaryText {

    private SummaryText() {}

    /** Writes the whole summary. */
    public static String of(RunSnapshot run, SummaryLength length, SummaryNotes notes) {
        AnswerLines answer = new AnswerLines(run, notes);
        return answer.energy()
                + answer.trainings()
                + (length == SummaryLength.FULL
                        ? FullSummary.devices(run) + FullSummary.rest(run, notes)
                        : ShortSummary.of(run, notes));
    }

    /** What can be said before the trainings are known: energy and CO2e of the run, and in full those of each device. */
    public static String totals(RunSnapshot run, SummaryLength length, SummaryNotes notes) {
        return new AnswerLines(run, notes).energy() + (length == SummaryLength.FULL ? FullSummary.devices(run) : "");
    }

    /** What follows {@link #totals} where these were written first. */
    public static String rest(RunSnapshot run, SummaryLength length, SummaryNotes notes) {
        return new AnswerLines(run, notes).trainings()
                + (length == SummaryLength.FULL ? FullSummary.rest(run, notes) : ShortSummary.of(run, notes));
    }
}
