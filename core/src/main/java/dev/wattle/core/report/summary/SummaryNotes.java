/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import java.util.List;
import java.util.Optional;

/**
 * What the summary says together with the run's figures.
 *
 * @param modelError the error of modelled energy, in a few words, such as {@code +/-40 %}; empty where nothing is modelled
 * @param model a sentence about the model, with its sources
 * @param problems what could not be metered, a sentence each
 * @param absent which sources are not available, a sentence each
 * @param advice the same in one short sentence, with the command that says what helps; empty where all are available
 * @param journal the path of the run's journal, or why there is none
 */
public record SummaryNotes(
        Optional<String> modelError,
        Optional<String> model,
        List<String> problems,
        List<String> absent,
        Optional<String> advice,
        String journal) {

    public SummaryNotes {
        problems = List.copyOf(problems);
        absent = List.copyOf(absent);
    }

    /** Whether the run has a journal. */
    boolean hasJournal() {
        return !journal.startsWith("none");
    }
}
