/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.training.EpochRecord;
import dev.wattle.core.training.IterationRecord;
import dev.wattle.core.training.TrainingObserver;
import dev.wattle.core.training.WindowRecord;

/** Two that are told of trainings. */
record TrainingObservers(TrainingObserver first, TrainingObserver second) implements TrainingObserver {
    @Override
    public void epoch(EpochRecord epoch) {
        first.epoch(epoch);
        second.epoch(epoch);
    }

    @Override
    public boolean wantsIterations() {
        return first.wantsIterations() || second.wantsIterations();
    }

    @Override
    public void iteration(IterationRecord iteration) {
        first.iteration(iteration);
        second.iteration(iteration);
    }

    @Override
    public void window(WindowRecord window) {
        first.window(window);
        second.window(window);
    }
}
