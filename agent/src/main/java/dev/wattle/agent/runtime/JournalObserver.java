/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.boundary.IterationRecord;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.WindowRecord;
import dev.wattle.core.report.json.EpochJournalBuffer;

/**
 * Buffers ended epochs for the journal and wakes its writer. Passes everything on to the next observer.
 *
 * @param buffer emptied by the thread of the journal
 */
record JournalObserver(EpochJournalBuffer buffer, JournalWriter journal, TrainingObserver next)
        implements TrainingObserver {
    @Override
    public void epoch(EpochRecord epoch) {
        buffer.epoch(epoch);
        journal.epochEnded();
        next.epoch(epoch);
    }

    @Override
    public boolean wantsIterations() {
        return next.wantsIterations();
    }

    @Override
    public void iteration(IterationRecord iteration) {
        next.iteration(iteration);
    }

    @Override
    public void window(WindowRecord window) {
        next.window(window);
    }
}
