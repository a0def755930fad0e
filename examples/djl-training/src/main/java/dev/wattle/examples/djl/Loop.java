/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.TranslateException;
import java.io.IOException;

/** The two ways to train with the Deep Java Library; both do the same sums in the same order. */
enum Loop {
    /** The library's own loop, which calls listeners. */
    EASY {
        @Override
        void train(Trainer trainer, Dataset rows, int epochs, EpochLosses losses)
                throws IOException, TranslateException {
            EasyTrain.fit(trainer, epochs, rows, null);
        }
    },

    /** A loop written by hand, as research code often is; it calls no listener. */
    OWN {
        @Override
        void train(Trainer trainer, Dataset rows, int epochs, EpochLosses losses)
                throws IOException, TranslateException {
            for (int epoch = 0; epoch < epochs; epoch++) {
                for (Batch batch : trainer.iterateDataset(rows)) {
                    losses.add(iteration(trainer, batch));
                    batch.close();
                }
                losses.endEpoch();
            }
        }
    };

    abstract void train(Trainer trainer, Dataset rows, int epochs, EpochLosses losses)
            throws IOException, TranslateException;

    private static float iteration(Trainer trainer, Batch batch) {
        NDArray loss;
        try (GradientCollector gradients = trainer.newGradientCollector()) {
            NDList guesses = trainer.forward(batch.getData(), batch.getLabels());
            loss = trainer.getLoss().evaluate(batch.getLabels(), guesses);
            gradients.backward(loss);
        }
        trainer.step();
        return loss.getFloat();
    }
}
