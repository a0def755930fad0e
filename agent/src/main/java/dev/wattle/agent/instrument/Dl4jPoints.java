/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.core.training.Framework;
import java.util.List;

/**
 * Deeplearning4j. Every step of a MultiLayerNetwork or ComputationGraph, alone, in a ParallelWrapper or on Spark, goes
 * through Solver.optimize (read in 1.0.0-M2.1).
 */
final class Dl4jPoints {
    static final List<TrainingPoint> POINTS = List.of(new TrainingPoint(
            Framework.DL4J,
            "org.deeplearning4j.optimize.Solver",
            "optimize",
            "(Lorg/deeplearning4j/nn/workspace/LayerWorkspaceMgr;)V"));

    private Dl4jPoints() {}
}
