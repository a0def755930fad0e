/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import dev.wattle.examples.data.LabelledRows;
import dev.wattle.examples.data.Split;
import java.io.IOException;
import java.util.Locale;

/**
 * Teaches a small perceptron to read handwritten digits.
 *
 * <p>Standard output is the same, byte for byte, for the same options on the same machine.
 */
public final class DigitsTraining {
    private static final double TEST_SHARE = 0.2;
    private static final long SPLIT_SEED = 1998;
    private static final int HIDDEN_UNITS = 1_024;
    private static final int BATCH_ROWS = 16;
    private static final float LEARNING_RATE = 5e-4f;

    private DigitsTraining() {}

    /** Trains and prints; {@link Options} describes the arguments. */
    public static void main(String[] args) throws IOException, TranslateException {
        Options options = Options.parse(args);
        // Both are read when the engine loads: no download and no telemetry, and sums in one order.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        Engine.getInstance().setRandomSeed(options.seed());

        Split split = LabelledRows.digits().split(TEST_SHARE, SPLIT_SEED);
        try (NDManager manager = NDManager.newBaseManager();
                Model model = Model.newInstance("digits")) {
            model.setBlock(network(split.train().classes()));
            ArrayDataset train = new ArrayDataset.Builder()
                    .setData(manager.create(split.train().features()))
                    .optLabels(manager.create(split.train().labels()))
                    .setSampling(BATCH_ROWS, true)
                    .build();
            EpochLosses losses = new EpochLosses();
            try (Trainer trainer = model.newTrainer(configuration(losses))) {
                trainer.initialize(new Shape(1, split.train().columns()));
                options.loop().train(trainer, train, options.epochs(), losses);
                print("iterations: %d", losses.iterations());
                print("test accuracy: %.4f", accuracy(trainer, manager, split.test()));
            }
        }
    }

    private static Block network(int classes) {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(HIDDEN_UNITS).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(HIDDEN_UNITS).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(classes).build());
    }

    private static DefaultTrainingConfig configuration(EpochLosses losses) {
        return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(LEARNING_RATE))
                        .build())
                .addEvaluator(new Accuracy())
                .addTrainingListeners(new EvaluatorTrainingListener(), new LossListener(losses));
    }

    private static double accuracy(Trainer trainer, NDManager manager, LabelledRows test) {
        NDArray scores =
                trainer.evaluate(new NDList(manager.create(test.features()))).head();
        long[] guesses = scores.argMax(1).toLongArray();
        int[] labels = test.labels();
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            right += guesses[row] == labels[row] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
