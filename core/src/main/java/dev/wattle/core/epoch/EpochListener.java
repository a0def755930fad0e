/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import dev.wattle.core.boundary.IterationRecord;
import java.util.function.Consumer;

/** Passes epochs to a listener, and everything to the next observer. */
record EpochListener(Consumer<EpochRecord> listener, TrainingObserver next) implements TrainingObserver {

    @Override
    public void epoch(EpochRecord epoch) {
        listener.accept(epoch);
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
