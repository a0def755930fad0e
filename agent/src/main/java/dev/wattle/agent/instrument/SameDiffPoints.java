/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static dev.wattle.agent.instrument.InstrumentationPoints.UNKNOWN;
import static dev.wattle.agent.instrument.ValueExpression.THIS;
import static dev.wattle.agent.instrument.ValueExpression.argument;
import static dev.wattle.core.boundary.Boundary.EPOCH_END;
import static dev.wattle.core.boundary.Boundary.EPOCH_START;
import static dev.wattle.core.boundary.Boundary.INFERENCE_END;
import static dev.wattle.core.boundary.Boundary.INFERENCE_START;
import static dev.wattle.core.boundary.Boundary.ITERATION;
import static dev.wattle.core.boundary.Boundary.VALIDATION_END;
import static dev.wattle.core.boundary.Boundary.VALIDATION_START;

import dev.wattle.core.boundary.Framework;
import java.util.List;

/**
 * ND4J's SameDiff, read in 1.0.0-M2.1.
 *
 * <p>The subject is the TrainingConfig: a step knows the gradient graph but not the SameDiff it was made from, and both
 * share the configuration, which also counts their epochs. A fit adds its own HistoryListener, so BaseEvaluationListener
 * is called for each epoch, once for each such listener. Validation follows the end of an epoch. The losses that a step
 * returns are in host memory; where the library did not compute them, which 1.0.0-M2.1 seems never to do, they are 0.
 */
final class SameDiffPoints {
    private static final String SAMEDIFF = "org/nd4j/autodiff/samediff/SameDiff";
    private static final String LISTENERS = "org/nd4j/autodiff/listeners/";
    private static final String CONFIG = "Lorg/nd4j/autodiff/samediff/TrainingConfig;";
    private static final String BATCH = "org/nd4j/linalg/dataset/api/MultiDataSet";
    private static final String BATCHES = "Lorg/nd4j/linalg/dataset/api/iterator/MultiDataSetIterator;";
    private static final String ARRAY = "org/nd4j/linalg/api/ndarray/INDArray";
    private static final String RESULT = "Lorg/nd4j/autodiff/samediff/config/ExecutionResult;";
    private static final ValueExpression TRAINING = THIS.field(SAMEDIFF, "trainingConfig", CONFIG);
    private static final ValueExpression LISTENED = argument(0).call(SAMEDIFF, "getTrainingConfig", CONFIG);

    static final List<TrainingPoint> POINTS = new InstrumentationPoints(Framework.SAMEDIFF)
            .in(SAMEDIFF)
            .run(
                    "fitHelper",
                    "(" + BATCHES + "IZ" + BATCHES + "ILjava/util/List;)L" + LISTENERS + "records/History;",
                    TRAINING,
                    argument(1))
            .validation(
                    "evaluateHelper",
                    "(" + BATCHES + "Ljava/util/Map;Ljava/util/Map;L" + LISTENERS + "At;[L" + LISTENERS + "Listener;)V",
                    TRAINING)
            .around(
                    "outputHelper",
                    "(" + BATCHES + "L" + LISTENERS + "At;Ljava/util/List;[Ljava/lang/String;)Ljava/util/List;",
                    argument(1)
                            .call(LISTENERS + "At", "operation", "L" + LISTENERS + "Operation;")
                            .call(LISTENERS + "Operation", "isValidation", "Z"),
                    VALIDATION_START,
                    VALIDATION_END,
                    INFERENCE_START,
                    INFERENCE_END,
                    TRAINING)
            .inference(
                    "batchOutputHelper",
                    "(Ljava/util/Map;Ljava/util/Map;Ljava/util/List;L" + LISTENERS + "Operation;[Ljava/lang/String;)"
                            + RESULT,
                    TRAINING)
            .in("org/nd4j/autodiff/samediff/internal/TrainingSession")
            .returnOf(
                    "trainingIteration",
                    "(" + CONFIG + "Ljava/util/Map;Ljava/util/Set;Ljava/util/Map;L" + BATCH
                            + ";Ljava/util/List;Ljava/util/List;L" + LISTENERS + "At;)L" + LISTENERS + "Loss;",
                    ITERATION,
                    argument(0),
                    argument(4)
                            .callWithZero(BATCH, "getFeatures", "L" + ARRAY + ";")
                            .callWithZero(ARRAY, "size", "J"),
                    ValueExpression.RESULT
                            .call(LISTENERS + "Loss", "totalLoss", "D")
                            .zeroIsUnknown())
            .in(LISTENERS + "BaseEvaluationListener")
            .entryOf("epochStart", "(L" + SAMEDIFF + ";L" + LISTENERS + "At;)V", EPOCH_START, LISTENED, UNKNOWN)
            .returnOf(
                    "epochEnd",
                    "(L" + SAMEDIFF + ";L" + LISTENERS + "At;L" + LISTENERS + "records/LossCurve;J)L" + LISTENERS
                            + "ListenerResponse;",
                    EPOCH_END,
                    LISTENED,
                    UNKNOWN)
            .all();

    private SameDiffPoints() {}
}
