/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static dev.wattle.agent.instrument.InstrumentationPoints.UNKNOWN;
import static dev.wattle.agent.instrument.ValueExpression.THIS;
import static dev.wattle.agent.instrument.ValueExpression.argument;
import static dev.wattle.core.boundary.Boundary.EPOCH_BEGIN;
import static dev.wattle.core.boundary.Boundary.EPOCH_END;
import static dev.wattle.core.boundary.Boundary.INFERENCE_BEGIN;
import static dev.wattle.core.boundary.Boundary.INFERENCE_END;
import static dev.wattle.core.boundary.Boundary.ITERATION;
import static dev.wattle.core.boundary.Boundary.PASS_BEGIN;
import static dev.wattle.core.boundary.Boundary.PLAN;
import static dev.wattle.core.boundary.Boundary.RUN_BEGIN;
import static dev.wattle.core.boundary.Boundary.RUN_END;
import static dev.wattle.core.boundary.Boundary.SEGMENTS_BEGIN;
import static dev.wattle.core.boundary.Boundary.SEGMENTS_END;
import static dev.wattle.core.boundary.Boundary.VALIDATION_BEGIN;
import static dev.wattle.core.boundary.Boundary.VALIDATION_END;
import static dev.wattle.core.boundary.Boundary.WORKER_BEGIN;
import static dev.wattle.core.boundary.Boundary.WORKER_END;

import dev.wattle.core.boundary.Framework;
import java.util.List;

/**
 * Deeplearning4j, read in 1.0.0-M2.1.
 *
 * <p>Every step of a MultiLayerNetwork or ComputationGraph, alone, in early stopping, in a ParallelWrapper or on Spark,
 * goes through Solver.optimize; what it read there of the model, batch size and score, are fields and shapes on the host.
 * A pass over the data is one call of fit with an iterator. Early stopping and ParallelWrapper fit models batch by batch:
 * their own fit is the run, with themselves as subject, and the iterations inside have the model as theirs.
 */
final class Dl4jPoints {
    private static final String DL4J = "org/deeplearning4j/";
    private static final String NETWORK = DL4J + "nn/multilayer/MultiLayerNetwork";
    private static final String GRAPH = DL4J + "nn/graph/ComputationGraph";
    private static final String STOPPING = DL4J + "earlystopping/trainer/BaseEarlyStoppingTrainer";
    private static final String SCORING = DL4J + "earlystopping/scorecalc/";
    private static final String WRAPPER = DL4J + "parallelism/ParallelWrapper";
    private static final String WORKER = DL4J + "parallelism/trainer/DefaultTrainer";
    private static final String PARALLEL_STOPPING = DL4J + "parallelism/EarlyStoppingParallelTrainer";
    private static final String MODEL = DL4J + "nn/api/Model";

    private static final String DATA = "Lorg/nd4j/linalg/dataset/api/";
    private static final String BATCHES = DATA + "iterator/DataSetIterator;";
    private static final String MULTI_BATCHES = DATA + "iterator/MultiDataSetIterator;";
    private static final String ARRAY = "Lorg/nd4j/linalg/api/ndarray/INDArray;";
    private static final String ARRAYS = "[" + ARRAY;
    private static final String WORKSPACE = "Lorg/nd4j/linalg/api/memory/MemoryWorkspace;";

    private static final Member CONDITION =
            new Member(DL4J + "earlystopping/termination/EpochTerminationCondition", "terminate", "(IDZ)Z");

    /** What a result has for its details: that of the condition that ended it. */
    private static final Member DETAILS = new Member("java/lang/Object", "toString", "()Ljava/lang/String;");

    private static final Member RESET =
            new Member("org/nd4j/linalg/dataset/api/iterator/DataSetIterator", "reset", "()V");
    private static final String STOPPING_FIT = "(Z)L" + DL4J + "earlystopping/EarlyStoppingResult;";
    private static final String PARALLEL_FIT = "()L" + DL4J + "earlystopping/EarlyStoppingResult;";

    /** A layer that is trained by itself is a training by itself: it has a loss of its own. */
    private static final ValueExpression NETWORK_LAYER =
            THIS.callWith(0, NETWORK, "getLayer", "(I)L" + DL4J + "nn/api/Layer;");

    private static final ValueExpression GRAPH_LAYER =
            THIS.callWith(0, GRAPH, "getLayer", "(Ljava/lang/String;)L" + DL4J + "nn/api/Layer;");
    private static final String GRAPH_PRETRAIN = "(Ljava/lang/String;" + MULTI_BATCHES + "I)V";
    private static final ValueExpression SOLVED = THIS.field(DL4J + "optimize/Solver", "model", "L" + MODEL + ";");

    static final List<TrainingPoint> POINTS = new InstrumentationPoints(Framework.DL4J)
            .in(DL4J + "optimize/Solver")
            .returnOf(
                    "optimize",
                    "(L" + DL4J + "nn/workspace/LayerWorkspaceMgr;)V",
                    ITERATION,
                    SOLVED,
                    SOLVED.call(MODEL, "batchSize", "I"),
                    SOLVED.call(MODEL, "score", "D"))
            //
            .in(NETWORK)
            .around("fit", "(" + BATCHES + "I)V", RUN_BEGIN, RUN_END, THIS, argument(1))
            .around("fit", "(" + MULTI_BATCHES + "I)V", RUN_BEGIN, RUN_END, THIS, argument(1))
            .around("fit", "(" + BATCHES + ")V", EPOCH_BEGIN, EPOCH_END, THIS, UNKNOWN)
            .around("fit", "(" + ARRAY.repeat(4) + ")V", RUN_BEGIN, RUN_END, THIS, UNKNOWN)
            .around(
                    "doTruncatedBPTT",
                    "(" + ARRAY.repeat(4) + "L" + DL4J + "nn/workspace/LayerWorkspaceMgr;)V",
                    SEGMENTS_BEGIN,
                    SEGMENTS_END,
                    THIS,
                    UNKNOWN)
            .around("pretrainLayer", "(I" + BATCHES + "I)V", RUN_BEGIN, RUN_END, NETWORK_LAYER, argument(2))
            .entryOf("pretrainLayer", "(I" + BATCHES + "I)V", PASS_BEGIN, NETWORK_LAYER, UNKNOWN)
            // Before each pass but the first.
            .add("pretrainLayer", "(I" + BATCHES + "I)V", new Advice.MarkAfter(RESET, PASS_BEGIN, THIS))
            .around("pretrainLayer", "(I" + ARRAY + ")V", RUN_BEGIN, RUN_END, NETWORK_LAYER, UNKNOWN)
            .around(
                    "doEvaluationHelper",
                    "(" + BATCHES + "[Lorg/nd4j/evaluation/IEvaluation;)[Lorg/nd4j/evaluation/IEvaluation;",
                    VALIDATION_BEGIN,
                    VALIDATION_END,
                    THIS,
                    UNKNOWN)
            .around(
                    "scoreHelper",
                    "(Lorg/nd4j/linalg/dataset/DataSet;Z)D",
                    VALIDATION_BEGIN,
                    VALIDATION_END,
                    THIS,
                    UNKNOWN)
            .around(
                    "scoreExamplesHelper",
                    "(Lorg/nd4j/linalg/dataset/DataSet;Z)" + ARRAY,
                    VALIDATION_BEGIN,
                    VALIDATION_END,
                    THIS,
                    UNKNOWN)
            .around(
                    "output",
                    "(" + ARRAY + "Z" + ARRAY + ARRAY + WORKSPACE + ")" + ARRAY,
                    INFERENCE_BEGIN,
                    INFERENCE_END,
                    THIS,
                    UNKNOWN)
            .around("rnnTimeStep", "(" + ARRAY + WORKSPACE + ")" + ARRAY, INFERENCE_BEGIN, INFERENCE_END, THIS, UNKNOWN)
            //
            .in(GRAPH)
            .around("fit", "(" + BATCHES + "I)V", RUN_BEGIN, RUN_END, THIS, argument(1))
            .around("fit", "(" + MULTI_BATCHES + "I)V", RUN_BEGIN, RUN_END, THIS, argument(1))
            .around("fit", "(" + MULTI_BATCHES + ")V", EPOCH_BEGIN, EPOCH_END, THIS, UNKNOWN)
            // The overload with masks is what a pass calls for each batch, and is left out for its cost.
            .around("fit", "(" + DATA + "DataSet;)V", RUN_BEGIN, RUN_END, THIS, UNKNOWN)
            .around("fit", "(" + DATA + "MultiDataSet;)V", RUN_BEGIN, RUN_END, THIS, UNKNOWN)
            .around("fit", "(" + ARRAYS + ARRAYS + ")V", RUN_BEGIN, RUN_END, THIS, UNKNOWN)
            .around(
                    "doTruncatedBPTT",
                    "(" + ARRAYS.repeat(4) + "L" + DL4J + "nn/workspace/LayerWorkspaceMgr;)V",
                    SEGMENTS_BEGIN,
                    SEGMENTS_END,
                    THIS,
                    UNKNOWN)
            // It makes one pass a layer, whatever number of epochs it is given.
            .around("pretrainLayerHelper", GRAPH_PRETRAIN, RUN_BEGIN, RUN_END, GRAPH_LAYER, UNKNOWN)
            .entryOf("pretrainLayerHelper", GRAPH_PRETRAIN, PASS_BEGIN, GRAPH_LAYER, UNKNOWN)
            .around(
                    "doEvaluationHelper",
                    "(" + MULTI_BATCHES + "Ljava/util/Map;)Ljava/util/Map;",
                    VALIDATION_BEGIN,
                    VALIDATION_END,
                    THIS,
                    UNKNOWN)
            .around("scoreHelper", "(" + DATA + "MultiDataSet;Z)D", VALIDATION_BEGIN, VALIDATION_END, THIS, UNKNOWN)
            .around(
                    "scoreExamplesHelper",
                    "(" + DATA + "MultiDataSet;Z)" + ARRAY,
                    VALIDATION_BEGIN,
                    VALIDATION_END,
                    THIS,
                    UNKNOWN)
            .around(
                    "output",
                    "(Z" + ARRAYS + ARRAYS + ARRAYS + WORKSPACE + ")" + ARRAYS,
                    INFERENCE_BEGIN,
                    INFERENCE_END,
                    THIS,
                    UNKNOWN)
            .around("output", "(ZZ" + ARRAYS + ")" + ARRAYS, INFERENCE_BEGIN, INFERENCE_END, THIS, UNKNOWN)
            .around(
                    "output",
                    "(Ljava/util/List;Z" + ARRAYS + ARRAYS + ")" + ARRAYS,
                    INFERENCE_BEGIN,
                    INFERENCE_END,
                    THIS,
                    UNKNOWN)
            .around(
                    "rnnTimeStepHelper",
                    "(" + WORKSPACE + ARRAYS + ")" + ARRAYS,
                    INFERENCE_BEGIN,
                    INFERENCE_END,
                    THIS,
                    UNKNOWN)
            //
            .in(STOPPING)
            .around("fit", STOPPING_FIT, RUN_BEGIN, RUN_END, THIS, UNKNOWN, evaluatedEvery(STOPPING))
            .entryOf("triggerEpochListeners", "(ZL" + MODEL + ";I)V", argument(0), EPOCH_BEGIN, EPOCH_END, THIS)
            // Whatever conditions the program has set, the first that is asked after an epoch then says yes.
            .add("fit", STOPPING_FIT, new Advice.TrueWhenStopped(CONDITION, THIS))
            .add("fit", STOPPING_FIT, new Advice.ReasonWhenStopped(DETAILS, THIS))
            .in(DL4J + "earlystopping/termination/MaxEpochsTerminationCondition")
            .entryOf(
                    "initialize",
                    "()V",
                    PLAN,
                    THIS,
                    THIS.field(DL4J + "earlystopping/termination/MaxEpochsTerminationCondition", "maxEpochs", "I"))
            .in(SCORING + "base/BaseScoreCalculator")
            .around("calculateScore", "(L" + MODEL + ";)D", VALIDATION_BEGIN, VALIDATION_END, argument(0), UNKNOWN)
            .in(SCORING + "base/BaseIEvaluationScoreCalculator")
            .around("calculateScore", "(L" + MODEL + ";)D", VALIDATION_BEGIN, VALIDATION_END, argument(0), UNKNOWN)
            .in(SCORING + "DataSetLossCalculatorCG")
            .around("calculateScore", "(L" + GRAPH + ";)D", VALIDATION_BEGIN, VALIDATION_END, argument(0), UNKNOWN)
            //
            .in(WRAPPER)
            .around("fit", "(" + BATCHES + ")V", RUN_BEGIN, RUN_END, THIS, UNKNOWN)
            .around("fit", "(" + BATCHES + ")V", EPOCH_BEGIN, EPOCH_END, THIS, UNKNOWN)
            .around("fit", "(" + MULTI_BATCHES + ")V", RUN_BEGIN, RUN_END, THIS, UNKNOWN)
            .around("fit", "(" + MULTI_BATCHES + ")V", EPOCH_BEGIN, EPOCH_END, THIS, UNKNOWN)
            // Its epochs are those of its wrapper.
            .in(PARALLEL_STOPPING)
            .around("fit", PARALLEL_FIT, RUN_BEGIN, RUN_END, THIS, UNKNOWN, evaluatedEvery(PARALLEL_STOPPING))
            .add("fit", PARALLEL_FIT, new Advice.TrueWhenStopped(CONDITION, THIS))
            .add("fit", PARALLEL_FIT, new Advice.ReasonWhenStopped(DETAILS, THIS))
            .in(WORKER)
            .around(
                    "run",
                    "()V",
                    WORKER_BEGIN,
                    WORKER_END,
                    THIS.field(WORKER, "parallelWrapper", "L" + WRAPPER + ";"),
                    UNKNOWN)
            .all();

    private Dl4jPoints() {}

    /** After every how many epochs a trainer asks its conditions. */
    private static ValueExpression evaluatedEvery(String trainer) {
        String configuration = DL4J + "earlystopping/EarlyStoppingConfiguration";
        return THIS.field(trainer, "esConfig", "L" + configuration + ";")
                .call(configuration, "getEvaluateEveryNEpochs", "I");
    }
}
