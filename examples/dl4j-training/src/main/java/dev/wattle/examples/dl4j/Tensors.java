/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import dev.wattle.examples.data.LabelledRows;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Labelled rows as Deeplearning4j wants them. */
final class Tensors {
    private Tensors() {}

    static DataSet dataSet(LabelledRows rows) {
        return new DataSet(Nd4j.create(rows.features()), Nd4j.create(oneHot(rows)));
    }

    /** A row of zeros with a single one, at the class, per labelled row. */
    static float[][] oneHot(LabelledRows rows) {
        int[] labels = rows.labels();
        float[][] oneHot = new float[labels.length][rows.classes()];
        for (int row = 0; row < labels.length; row++) {
            oneHot[row][labels[row]] = 1;
        }
        return oneHot;
    }
}
