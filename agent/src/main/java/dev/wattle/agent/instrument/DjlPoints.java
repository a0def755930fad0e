/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static dev.wattle.agent.instrument.InstrumentationPoints.UNKNOWN;
import static dev.wattle.agent.instrument.ValueExpression.RESULT;
import static dev.wattle.agent.instrument.ValueExpression.THIS;
import static dev.wattle.agent.instrument.ValueExpression.argument;
import static dev.wattle.core.boundary.Boundary.BATCH;
import static dev.wattle.core.boundary.Boundary.CLOSE;
import static dev.wattle.core.boundary.Boundary.FETCH;
import static dev.wattle.core.boundary.Boundary.ITERATION;
import static dev.wattle.core.boundary.Boundary.PASS_START;

import dev.wattle.core.boundary.Framework;
import java.util.List;

/**
 * Deep Java Library, read in 0.35.1.
 *
 * <p>Trainer.step ends a batch, in EasyTrain and in a hand-written loop. Listeners run before it, so they would charge the
 * optimiser's work to the next batch. A step has no loss: outside of listeners the loss is on the device, and reading it
 * would wait for the device. The listener that EasyTrain feeds keeps its results in a map.
 *
 * <p>EasyTrain.fit stops after an epoch, once its listeners were called: its number of epochs becomes 0. A hand-written
 * loop is never stopped, because fewer batches would change its results.
 */
final class DjlPoints {
    private static final String TRAINING = "ai/djl/training/";
    private static final String TRAINER = TRAINING + "Trainer";
    private static final String A_TRAINER = "L" + TRAINER + ";";
    private static final String DATA = "L" + TRAINING + "dataset/Dataset;";
    private static final String BATCHES = TRAINING + "dataset/DataIterable";
    private static final String A_BATCH = TRAINING + "dataset/Batch";
    private static final String ARRAYS = "Lai/djl/ndarray/NDList;";
    private static final String FIT = "(" + A_TRAINER + "I" + DATA + DATA + ")V";

    static final List<TrainingPoint> POINTS = new InstrumentationPoints(Framework.DJL)
            .in(TRAINER)
            .returnOf("step", "()V", ITERATION, THIS, UNKNOWN)
            .returnOf("newGradientCollector", "()L" + TRAINING + "GradientCollector;", BATCH, THIS, UNKNOWN)
            .entryOf("iterateDataset", "(" + DATA + ")Ljava/lang/Iterable;", PASS_START, THIS, UNKNOWN)
            .validation("evaluate", "(" + ARRAYS + ")" + ARRAYS, THIS)
            .entryOf("close", "()V", CLOSE, THIS, UNKNOWN)
            //
            .in(TRAINING + "EasyTrain")
            .run("fit", FIT, argument(0), argument(1))
            .add(
                    "fit",
                    FIT,
                    new Advice.ZeroWhenStopped(
                            new Member(TRAINER, "notifyListeners", "(Ljava/util/function/Consumer;)V"), 1, argument(0)))
            .entryOf(
                    "trainBatch",
                    "(" + A_TRAINER + "L" + A_BATCH + ";)V",
                    BATCH,
                    argument(0),
                    argument(1).call(A_BATCH, "getSize", "I"))
            .validation("validateBatch", "(" + A_TRAINER + "L" + A_BATCH + ";)V", argument(0))
            .validation("evaluateDataset", "(" + A_TRAINER + DATA + ")V", argument(0))
            //
            .in(BATCHES)
            .returnOf("next", "()L" + A_BATCH + ";", FETCH, THIS, RESULT.call(A_BATCH, "getSize", "I"))
            .in(TRAINING + "listener/EvaluatorTrainingListener")
            .add(
                    "onEpoch",
                    "(" + A_TRAINER + ")V",
                    new Advice.Figures(
                            argument(0),
                            THIS.field(
                                    TRAINING + "listener/EvaluatorTrainingListener",
                                    "latestEvaluations",
                                    "Ljava/util/Map;")))
            .in("ai/djl/inference/Predictor")
            .inference("batchPredict", "(Ljava/util/List;)Ljava/util/List;", THIS)
            .all();

    private DjlPoints() {}
}
