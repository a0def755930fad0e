/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.boundary.IterationRecord;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.WindowRecord;

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
