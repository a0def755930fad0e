/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import dev.wattle.examples.data.LabelledRows;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Labelled rows as Deeplearning4j wants them. */
final class Tensors {
    private Tensors() {}

    /** One row of features and one row of zeros with a single one, per labelled row. */
    static DataSet dataSet(LabelledRows rows) {
        int[] labels = rows.labels();
        float[][] oneHot = new float[labels.length][rows.classes()];
        for (int row = 0; row < labels.length; row++) {
            oneHot[row][labels[row]] = 1;
        }
        return new DataSet(Nd4j.create(rows.features()), Nd4j.create(oneHot));
    }
}
