/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import dev.wattle.examples.data.LabelledRows;
import dev.wattle.examples.data.Split;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;

/** The handwritten digits, split, with a new iterator for whoever wants one. */
final class Digits {
    private static final double TEST_SHARE = 0.2;
    private static final long SPLIT_SEED = 1998;
    private static final int BATCH_ROWS = 32;

    private final Split split = LabelledRows.digits().split(TEST_SHARE, SPLIT_SEED);

    ListDataSetIterator<DataSet> train() {
        return iterator(split.train());
    }

    ListDataSetIterator<DataSet> test() {
        return iterator(split.test());
    }

    int inputs() {
        return split.train().columns();
    }

    int classes() {
        return split.train().classes();
    }

    long trainRows() {
        return split.train().size();
    }

    int batchRows() {
        return BATCH_ROWS;
    }

    /** Batches in a pass; the last may be smaller than the others. */
    long batches() {
        return (trainRows() + BATCH_ROWS - 1) / BATCH_ROWS;
    }

    private static ListDataSetIterator<DataSet> iterator(LabelledRows rows) {
        return new ListDataSetIterator<>(Tensors.dataSet(rows).asList(), BATCH_ROWS);
    }
}
