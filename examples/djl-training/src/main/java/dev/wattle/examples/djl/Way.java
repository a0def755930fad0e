/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;
import dev.wattle.examples.data.EpochTimes;
import java.io.IOException;
import java.util.Locale;

/** The ways to train with the Deep Java Library. Each trains for some epochs and says what it counted of itself. */
enum Way {
    /** EasyTrain.fit with validation after each epoch and the usual listeners. */
    EASY {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) throws IOException, TranslateException {
            Counting counting = new Counting(times);
            try (Model model = digits.newModel();
                    Trainer trainer = digits.newTrainer(model, counting)) {
                // To load the class is no part of the first epoch.
                System.out.println("trained by: " + EasyTrain.class.getSimpleName());
                times.begin();
                EasyTrain.fit(trainer, epochs, digits.train(), digits.test());
                System.out.println(String.format(
                        Locale.ROOT,
                        "figures: loss %.6f accuracy %.6f validation_loss %.6f validation_accuracy %.6f",
                        trainer.getTrainingResult().getTrainLoss(),
                        trainer.getTrainingResult().getTrainEvaluation("Accuracy"),
                        trainer.getTrainingResult().getValidateLoss(),
                        trainer.getTrainingResult().getValidateEvaluation("Accuracy")));
            }
            return counting.counts();
        }
    },

    /** A loop by hand, with a pass of validation of its own after each epoch. */
    OWN {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) throws IOException, TranslateException {
            long done = 0;
            long iterations = 0;
            long samples = 0;
            long validated = 0;
            float lastLoss = Float.NaN;
            try (Model model = digits.newModel();
                    Trainer trainer = digits.newTrainer(model)) {
                for (int epoch = 0; epoch < epochs; epoch++) {
                    times.begin();
                    float sum = 0;
                    int batches = 0;
                    for (Batch batch : trainer.iterateDataset(digits.train())) {
                        sum += iterate(trainer, batch);
                        batches++;
                        samples += batch.getSize();
                        batch.close();
                    }
                    times.end();
                    iterations += batches;
                    lastLoss = sum / batches;
                    for (Batch batch : trainer.iterateDataset(digits.test())) {
                        EasyTrain.validateBatch(trainer, batch);
                        validated++;
                        batch.close();
                    }
                    done++;
                }
            }
            System.out.println("validated batches: " + validated);
            System.out.println("last loss is a number: " + !Float.isNaN(lastLoss));
            return new Counts(done, iterations, samples);
        }
    },

    /** EasyTrain's batches, whose gradients are added up in pairs before the weights change. */
    ACCUMULATING {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) throws IOException, TranslateException {
            long done = 0;
            long iterations = 0;
            long samples = 0;
            try (Model model = digits.newModel();
                    Trainer trainer = digits.newTrainer(model)) {
                for (int epoch = 0; epoch < epochs; epoch++) {
                    boolean isSecond = false;
                    for (Batch batch : trainer.iterateDataset(digits.train())) {
                        EasyTrain.trainBatch(trainer, batch);
                        samples += batch.getSize();
                        if (isSecond) {
                            trainer.step();
                            iterations++;
                        }
                        isSecond = !isSecond;
                        batch.close();
                    }
                    if (isSecond) {
                        trainer.step();
                        iterations++;
                    }
                    done++;
                }
            }
            return new Counts(done, iterations, samples);
        }
    },

    /** Two trainers that take turns in one loop over one set of data, as the halves of an adversarial network do. */
    PAIR {
        @Override
        Counts train(Digits digits, int epochs, EpochTimes times) throws IOException, TranslateException {
            long done = 0;
            long iterations = 0;
            long samples = 0;
            try (Model first = digits.newModel();
                    Model second = digits.newModel();
                    Trainer one = digits.newTrainer(first);
                    Trainer other = digits.newTrainer(second)) {
                for (int epoch = 0; epoch < epochs; epoch++) {
                    for (Batch batch : one.iterateDataset(digits.train())) {
                        iterate(one, batch);
                        iterate(other, batch);
                        iterations += 2;
                        samples += 2L * batch.getSize();
                        batch.close();
                    }
                    done++;
                }
            }
            return new Counts(done, iterations, samples);
        }
    };

    abstract Counts train(Digits digits, int epochs, EpochTimes times) throws IOException, TranslateException;

    private static float iterate(Trainer trainer, Batch batch) {
        float told;
        try (GradientCollector gradients = trainer.newGradientCollector()) {
            NDList guesses = trainer.forward(batch.getData(), batch.getLabels());
            NDArray loss = trainer.getLoss().evaluate(batch.getLabels(), guesses);
            gradients.backward(loss);
            told = loss.getFloat();
        }
        trainer.step();
        return told;
    }
}
