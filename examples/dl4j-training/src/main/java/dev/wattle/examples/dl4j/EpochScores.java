/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Counts iterations and keeps the mean score since it was last taken. Not thread-safe: one network, one thread. */
final class EpochScores extends BaseTrainingListener {
    private long iterations;
    private long scored;
    private double scoreSum;

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        iterations++;
        scored++;
        scoreSum += model.score();
    }

    /** The mean of the iterations' scores since the last call; NaN if there were none. */
    double takeMean() {
        double mean = scoreSum / scored;
        scored = 0;
        scoreSum = 0;
        return mean;
    }

    long iterations() {
        return iterations;
    }
}
