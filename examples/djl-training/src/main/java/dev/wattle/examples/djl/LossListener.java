/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;

/** Hands the losses of the library's own loop to {@link EpochLosses}. */
final class LossListener extends TrainingListenerAdapter {
    private final EpochLosses losses;

    LossListener(EpochLosses losses) {
        this.losses = losses;
    }

    @Override
    public void onTrainingBatch(Trainer trainer, BatchData data) {
        data.getLabels().forEach((device, labels) -> {
            try (NDArray loss =
                    trainer.getLoss().evaluate(labels, data.getPredictions().get(device))) {
                losses.add(loss.getFloat());
            }
        });
    }

    @Override
    public void onEpoch(Trainer trainer) {
        losses.endEpoch();
    }
}
