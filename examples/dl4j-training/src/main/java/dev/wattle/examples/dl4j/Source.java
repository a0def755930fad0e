/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import dev.wattle.examples.data.LabelledRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The tables to choose from; both lie on the class path. */
enum Source {
    /** 1,797 images of 64 pixels, ten classes. */
    DIGITS,
    /** 150 flowers with 4 lengths each, three classes (Fisher, 1936). */
    IRIS;

    /** Longer than any sepal in the table, in cm. */
    private static final float IRIS_FULL_SCALE = 8f;

    LabelledRows rows() {
        return switch (this) {
            case DIGITS -> LabelledRows.digits();
            case IRIS -> iris();
        };
    }

    /** Reads deeplearning4j-core's own table: its IrisDataSetIterator would download another copy. */
    private static LabelledRows iris() {
        try (InputStream lines = Source.class.getResourceAsStream("/iris.dat")) {
            if (lines == null) {
                throw new IllegalStateException("iris.dat is not on the class path");
            }
            return LabelledRows.read(lines, IRIS_FULL_SCALE);
        } catch (IOException e) {
            throw new UncheckedIOException("iris.dat", e);
        }
    }
}
