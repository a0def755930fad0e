/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.snapshot.RunSnapshot;
import java.util.List;
import java.util.Optional;

/** Summaries of snapshots. */
final class Summaries {
    /** Each may be longer than the lines below it. */
    static final int ANSWER_LINES = 4;

    private Summaries() {}

    /** All lines of the full summary. */
    static String full(RunSnapshot run, List<String> problems, String journal) {
        return SummaryText.of(run, SummaryLength.FULL, notes(problems, journal));
    }

    /** All lines of the short summary. */
    static String brief(RunSnapshot run, List<String> problems, String journal) {
        return SummaryText.of(run, SummaryLength.SHORT, notes(problems, journal));
    }

    private static SummaryNotes notes(List<String> problems, String journal) {
        return new SummaryNotes(
                Optional.of("+/-40 %"),
                Optional.empty(),
                problems,
                List.of(),
                Optional.of("powercap not available: java -jar wattle-agent.jar doctor"),
                journal);
    }
}
