/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;

/** Counts what EasyTrain tells its listeners. */
final class Counting extends TrainingListenerAdapter {
    private long epochs;
    private long iterations;
    private long samples;

    @Override
    public void onTrainingBatch(Trainer trainer, BatchData data) {
        iterations++;
        samples += data.getBatch().getSize();
    }

    @Override
    public void onEpoch(Trainer trainer) {
        epochs++;
    }

    Counts counts() {
        return new Counts(epochs, iterations, samples);
    }
}
