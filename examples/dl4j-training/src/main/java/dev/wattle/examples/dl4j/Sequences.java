/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Sequences of random numbers, each step labelled by whether the sum so far is above its mean. */
final class Sequences {
    static final long COUNT = 128;
    static final int SEGMENT_STEPS = 10;

    private static final int STEPS = 40;
    private static final int BATCH = 16;
    private static final long SEED = 5;

    private Sequences() {}

    static ListDataSetIterator<DataSet> batches() {
        INDArray inputs = Nd4j.zeros((int) COUNT, 1, STEPS);
        INDArray labels = Nd4j.zeros((int) COUNT, 2, STEPS);
        Random random = new Random(SEED);
        for (int sequence = 0; sequence < COUNT; sequence++) {
            double sum = 0;
            for (int step = 0; step < STEPS; step++) {
                double next = random.nextDouble();
                sum += next - 0.5;
                inputs.putScalar(new int[] {sequence, 0, step}, next);
                labels.putScalar(new int[] {sequence, sum > 0 ? 1 : 0, step}, 1);
            }
        }
        List<DataSet> all = new DataSet(inputs, labels).asList();
        return new ListDataSetIterator<>(all, BATCH);
    }
}
