/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import dev.wattle.examples.data.LabelledRows;
import dev.wattle.examples.data.Split;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;

/** The handwritten digits, split, with a new iterator for each caller. */
final class Digits {
    private static final double TEST_SHARE = 0.2;
    private static final long SPLIT_SEED = 1998;
    private static final int BATCH_ROWS = 32;

    private final Split split = LabelledRows.digits().split(TEST_SHARE, SPLIT_SEED);

    private final int copies;

    /** @param copies how many times the rows to learn from are there, for longer epochs */
    Digits(int copies) {
        this.copies = copies;
    }

    ListDataSetIterator<DataSet> train() {
        List<DataSet> rows = Tensors.dataSet(split.train()).asList();
        List<DataSet> all = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            all.addAll(rows);
        }
        return new ListDataSetIterator<>(all, BATCH_ROWS);
    }

    ListDataSetIterator<DataSet> test() {
        return new ListDataSetIterator<>(Tensors.dataSet(split.test()).asList(), BATCH_ROWS);
    }

    int inputs() {
        return split.train().columns();
    }

    int classes() {
        return split.train().classes();
    }

    long trainRows() {
        return (long) copies * split.train().size();
    }

    int batchRows() {
        return BATCH_ROWS;
    }

    /** Batches in a pass; the last may be smaller than the others. */
    long batches() {
        return (trainRows() + BATCH_ROWS - 1) / BATCH_ROWS;
    }
}
