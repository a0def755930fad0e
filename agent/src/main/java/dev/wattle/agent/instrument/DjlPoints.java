/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static dev.wattle.agent.instrument.InstrumentationPoints.UNKNOWN;
import static dev.wattle.agent.instrument.ValueExpression.RESULT;
import static dev.wattle.agent.instrument.ValueExpression.THIS;
import static dev.wattle.agent.instrument.ValueExpression.argument;
import static dev.wattle.core.boundary.Boundary.BATCH;
import static dev.wattle.core.boundary.Boundary.CLOSE;
import static dev.wattle.core.boundary.Boundary.FETCH;
import static dev.wattle.core.boundary.Boundary.INFERENCE_BEGIN;
import static dev.wattle.core.boundary.Boundary.INFERENCE_END;
import static dev.wattle.core.boundary.Boundary.ITERATION;
import static dev.wattle.core.boundary.Boundary.PASS_BEGIN;
import static dev.wattle.core.boundary.Boundary.RUN_BEGIN;
import static dev.wattle.core.boundary.Boundary.RUN_END;
import static dev.wattle.core.boundary.Boundary.VALIDATION_BEGIN;
import static dev.wattle.core.boundary.Boundary.VALIDATION_END;

import dev.wattle.core.boundary.Framework;
import java.util.List;

/**
 * Deep Java Library, read in 0.35.1.
 *
 * <p>Trainer.step is the end of a batch for EasyTrain and for hand-written loops alike; listeners run before it, so they
 * would charge the optimiser's work to the next batch. No loss is told with a step: outside of listeners it is on the
 * device, and to read it there would wait for it. The listener that EasyTrain feeds keeps what it computed in a map.
 *
 * <p>To stop, EasyTrain.fit is told after an epoch, when its listeners have heard of it, that it has no more to do. A loop
 * by hand is never stopped: what it would find in place of its batches would go into its results.
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
            .entryOf("iterateDataset", "(" + DATA + ")Ljava/lang/Iterable;", PASS_BEGIN, THIS, UNKNOWN)
            .around("evaluate", "(" + ARRAYS + ")" + ARRAYS, VALIDATION_BEGIN, VALIDATION_END, THIS, UNKNOWN)
            .entryOf("close", "()V", CLOSE, THIS, UNKNOWN)
            //
            .in(TRAINING + "EasyTrain")
            .around("fit", FIT, RUN_BEGIN, RUN_END, argument(0), argument(1))
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
            .around(
                    "validateBatch",
                    "(" + A_TRAINER + "L" + A_BATCH + ";)V",
                    VALIDATION_BEGIN,
                    VALIDATION_END,
                    argument(0),
                    UNKNOWN)
            .around(
                    "evaluateDataset",
                    "(" + A_TRAINER + DATA + ")V",
                    VALIDATION_BEGIN,
                    VALIDATION_END,
                    argument(0),
                    UNKNOWN)
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
            .around("batchPredict", "(Ljava/util/List;)Ljava/util/List;", INFERENCE_BEGIN, INFERENCE_END, THIS, UNKNOWN)
            .all();

    private DjlPoints() {}
}
