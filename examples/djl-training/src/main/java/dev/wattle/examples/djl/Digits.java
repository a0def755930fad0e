/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.wattle.examples.data.LabelledRows;
import dev.wattle.examples.data.Split;

/** The handwritten digits, split, and a small perceptron to learn them. */
final class Digits implements AutoCloseable {
    private static final double TEST_SHARE = 0.2;
    private static final long SPLIT_SEED = 1998;
    private static final int BATCH_ROWS = 32;
    private static final int HIDDEN_UNITS = 64;
    private static final float LEARNING_RATE = 1e-3f;

    private final Split split = LabelledRows.digits().split(TEST_SHARE, SPLIT_SEED);
    private final NDManager manager = NDManager.newBaseManager();
    private final ArrayDataset train;
    private final ArrayDataset test;

    /** @param copies how many times the rows to learn from are there, for longer epochs */
    Digits(int copies) {
        this.train = dataset(split.train(), copies);
        this.test = dataset(split.test(), 1);
    }

    ArrayDataset train() {
        return train;
    }

    ArrayDataset test() {
        return test;
    }

    Model newModel() {
        Model model = Model.newInstance("digits");
        model.setBlock(new SequentialBlock()
                .add(Linear.builder().setUnits(HIDDEN_UNITS).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(split.train().classes()).build()));
        return model;
    }

    Trainer newTrainer(Model model, TrainingListener... more) {
        Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(LEARNING_RATE))
                        .build())
                .addEvaluator(new Accuracy())
                .addTrainingListeners(new EvaluatorTrainingListener())
                .addTrainingListeners(more));
        trainer.initialize(new Shape(1, split.train().columns()));
        return trainer;
    }

    @Override
    public void close() {
        manager.close();
    }

    private ArrayDataset dataset(LabelledRows rows, int copies) {
        return new ArrayDataset.Builder()
                .setData(manager.create(rows.features()).repeat(0, copies))
                .optLabels(manager.create(rows.labels()).repeat(0, copies))
                .setSampling(BATCH_ROWS, true)
                .build();
    }
}
