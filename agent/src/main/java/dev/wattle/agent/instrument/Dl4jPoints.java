/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static dev.wattle.agent.instrument.InstrumentationPoints.UNKNOWN;
import static dev.wattle.agent.instrument.ValueExpression.THIS;
import static dev.wattle.agent.instrument.ValueExpression.argument;
import static dev.wattle.core.boundary.Boundary.EPOCH_END;
import static dev.wattle.core.boundary.Boundary.EPOCH_START;
import static dev.wattle.core.boundary.Boundary.ITERATION;
import static dev.wattle.core.boundary.Boundary.PASS_START;
import static dev.wattle.core.boundary.Boundary.PLAN;
import static dev.wattle.core.boundary.Boundary.RUN_END;
import static dev.wattle.core.boundary.Boundary.RUN_START;
import static dev.wattle.core.boundary.Boundary.SEGMENTS_END;
import static dev.wattle.core.boundary.Boundary.SEGMENTS_START;
import static dev.wattle.core.boundary.Boundary.WORKER_END;
import static dev.wattle.core.boundary.Boundary.WORKER_START;

import dev.wattle.core.boundary.Framework;
import java.util.List;

/**
 * Deeplearning4j, read in 1.0.0-M2.1.
 *
 * <p>Every step of a MultiLayerNetwork or ComputationGraph goes through Solver.optimize: alone, in early stopping, in a
 * ParallelWrapper or on Spark. Batch size and score of the model are fields and shapes in host memory there. A pass over
 * the data is one call of fit with an iterator. Early stopping and ParallelWrapper fit models batch by batch: their own
 * fit is the run and they are its subject, while the model is the subject of the iterations inside.
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

    /** The details of a result are the text of the condition that ended it. */
    private static final Member DETAILS = new Member("java/lang/Object", "toString", "()Ljava/lang/String;");

    private static final Member RESET =
            new Member("org/nd4j/linalg/dataset/api/iterator/DataSetIterator", "reset", "()V");
    private static final String STOPPING_FIT = "(Z)L" + DL4J + "earlystopping/EarlyStoppingResult;";
    private static final String PARALLEL_FIT = "()L" + DL4J + "earlystopping/EarlyStoppingResult;";

    /** Each layer that is pretrained is a training, because it has its own loss. */
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
            .run("fit", "(" + BATCHES + "I)V", THIS, argument(1))
            .run("fit", "(" + MULTI_BATCHES + "I)V", THIS, argument(1))
            .epoch("fit", "(" + BATCHES + ")V", THIS)
            .run("fit", "(" + ARRAY.repeat(4) + ")V", THIS, UNKNOWN)
            .around(
                    "doTruncatedBPTT",
                    "(" + ARRAY.repeat(4) + "L" + DL4J + "nn/workspace/LayerWorkspaceMgr;)V",
                    SEGMENTS_START,
                    SEGMENTS_END,
                    THIS,
                    UNKNOWN)
            .run("pretrainLayer", "(I" + BATCHES + "I)V", NETWORK_LAYER, argument(2))
            .entryOf("pretrainLayer", "(I" + BATCHES + "I)V", PASS_START, NETWORK_LAYER, UNKNOWN)
            // Before each pass but the first.
            .add("pretrainLayer", "(I" + BATCHES + "I)V", new Advice.MarkAfter(RESET, PASS_START, THIS))
            .run("pretrainLayer", "(I" + ARRAY + ")V", NETWORK_LAYER, UNKNOWN)
            .validation(
                    "doEvaluationHelper",
                    "(" + BATCHES + "[Lorg/nd4j/evaluation/IEvaluation;)[Lorg/nd4j/evaluation/IEvaluation;",
                    THIS)
            .validation("scoreHelper", "(Lorg/nd4j/linalg/dataset/DataSet;Z)D", THIS)
            .validation("scoreExamplesHelper", "(Lorg/nd4j/linalg/dataset/DataSet;Z)" + ARRAY, THIS)
            .inference("output", "(" + ARRAY + "Z" + ARRAY + ARRAY + WORKSPACE + ")" + ARRAY, THIS)
            .inference("rnnTimeStep", "(" + ARRAY + WORKSPACE + ")" + ARRAY, THIS)
            //
            .in(GRAPH)
            .run("fit", "(" + BATCHES + "I)V", THIS, argument(1))
            .run("fit", "(" + MULTI_BATCHES + "I)V", THIS, argument(1))
            .epoch("fit", "(" + MULTI_BATCHES + ")V", THIS)
            // The overload with masks is left out for its cost: a pass calls it for each batch.
            .run("fit", "(" + DATA + "DataSet;)V", THIS, UNKNOWN)
            .run("fit", "(" + DATA + "MultiDataSet;)V", THIS, UNKNOWN)
            .run("fit", "(" + ARRAYS + ARRAYS + ")V", THIS, UNKNOWN)
            .around(
                    "doTruncatedBPTT",
                    "(" + ARRAYS.repeat(4) + "L" + DL4J + "nn/workspace/LayerWorkspaceMgr;)V",
                    SEGMENTS_START,
                    SEGMENTS_END,
                    THIS,
                    UNKNOWN)
            // Makes one pass over the data for each layer, whatever number of epochs it is given.
            .run("pretrainLayerHelper", GRAPH_PRETRAIN, GRAPH_LAYER, UNKNOWN)
            .entryOf("pretrainLayerHelper", GRAPH_PRETRAIN, PASS_START, GRAPH_LAYER, UNKNOWN)
            .validation("doEvaluationHelper", "(" + MULTI_BATCHES + "Ljava/util/Map;)Ljava/util/Map;", THIS)
            .validation("scoreHelper", "(" + DATA + "MultiDataSet;Z)D", THIS)
            .validation("scoreExamplesHelper", "(" + DATA + "MultiDataSet;Z)" + ARRAY, THIS)
            .inference("output", "(Z" + ARRAYS + ARRAYS + ARRAYS + WORKSPACE + ")" + ARRAYS, THIS)
            .inference("output", "(ZZ" + ARRAYS + ")" + ARRAYS, THIS)
            .inference("output", "(Ljava/util/List;Z" + ARRAYS + ARRAYS + ")" + ARRAYS, THIS)
            .inference("rnnTimeStepHelper", "(" + WORKSPACE + ARRAYS + ")" + ARRAYS, THIS)
            //
            .in(STOPPING)
            .around("fit", STOPPING_FIT, RUN_START, RUN_END, THIS, UNKNOWN, evaluatedEvery(STOPPING))
            .entryOf("triggerEpochListeners", "(ZL" + MODEL + ";I)V", argument(0), EPOCH_START, EPOCH_END, THIS)
            // The first condition that is evaluated after an epoch ends the training, whatever it is.
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
            .validation("calculateScore", "(L" + MODEL + ";)D", argument(0))
            .in(SCORING + "base/BaseIEvaluationScoreCalculator")
            .validation("calculateScore", "(L" + MODEL + ";)D", argument(0))
            .in(SCORING + "DataSetLossCalculatorCG")
            .validation("calculateScore", "(L" + GRAPH + ";)D", argument(0))
            //
            .in(WRAPPER)
            .run("fit", "(" + BATCHES + ")V", THIS, UNKNOWN)
            .epoch("fit", "(" + BATCHES + ")V", THIS)
            .run("fit", "(" + MULTI_BATCHES + ")V", THIS, UNKNOWN)
            .epoch("fit", "(" + MULTI_BATCHES + ")V", THIS)
            // The wrapper marks its epochs.
            .in(PARALLEL_STOPPING)
            .around("fit", PARALLEL_FIT, RUN_START, RUN_END, THIS, UNKNOWN, evaluatedEvery(PARALLEL_STOPPING))
            .add("fit", PARALLEL_FIT, new Advice.TrueWhenStopped(CONDITION, THIS))
            .add("fit", PARALLEL_FIT, new Advice.ReasonWhenStopped(DETAILS, THIS))
            .in(WORKER)
            .around(
                    "run",
                    "()V",
                    WORKER_START,
                    WORKER_END,
                    THIS.field(WORKER, "parallelWrapper", "L" + WRAPPER + ";"),
                    UNKNOWN)
            .all();

    private Dl4jPoints() {}

    /** After how many epochs each a trainer evaluates its conditions. */
    private static ValueExpression evaluatedEvery(String trainer) {
        String configuration = DL4J + "earlystopping/EarlyStoppingConfiguration";
        return THIS.field(trainer, "esConfig", "L" + configuration + ";")
                .call(configuration, "getEvaluateEveryNEpochs", "I");
    }
}
