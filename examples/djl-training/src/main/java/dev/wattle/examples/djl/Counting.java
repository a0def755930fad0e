/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;
import dev.wattle.examples.data.EpochTimes;

/** Counts the events that EasyTrain passes to its listeners. */
final class Counting extends TrainingListenerAdapter {
    private final EpochTimes times;
    private long epochs;
    private long iterations;
    private long samples;

    /** The first epoch starts here. */
    Counting(EpochTimes times) {
        this.times = times;
        times.begin();
    }

    @Override
    public void onTrainingBatch(Trainer trainer, BatchData data) {
        iterations++;
        samples += data.getBatch().getSize();
    }

    @Override
    public void onEpoch(Trainer trainer) {
        epochs++;
        times.end();
        times.begin();
    }

    Counts counts() {
        return new Counts(epochs, iterations, samples);
    }
}
