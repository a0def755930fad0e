/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import java.util.Locale;

/** Counts iterations and prints the mean loss of each epoch. Not thread-safe: one trainer, one thread. */
final class EpochLosses {
    private int epochs;
    private long iterations;
    private long iterationsBefore;
    private double lossSum;

    void add(float loss) {
        iterations++;
        lossSum += loss;
    }

    void endEpoch() {
        epochs++;
        double mean = lossSum / (iterations - iterationsBefore);
        System.out.println(String.format(Locale.ROOT, "epoch %d loss %.6f", epochs, mean));
        iterationsBefore = iterations;
        lossSum = 0;
    }

    long iterations() {
        return iterations;
    }
}
