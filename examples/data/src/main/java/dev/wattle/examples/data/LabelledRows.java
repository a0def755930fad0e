/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of numbers with a class, 0 to {@code classes() - 1}, for each row.
 *
 * <p>Immutable as long as nobody writes into the arrays of {@link #features()}.
 */
public final class LabelledRows {
    /** The grey level of a full pixel in the digits. */
    private static final float FULL_PIXEL = 16f;

    private final List<Row> rows;
    private final int classes;

    private LabelledRows(List<Row> rows, int classes) {
        this.rows = List.copyOf(rows);
        this.classes = classes;
    }

    /** The 1,797 handwritten digits of DIGITS-LICENSE.md, pixels 0 to 1. */
    public static LabelledRows digits() {
        try (InputStream packed = LabelledRows.class.getResourceAsStream("/digits.csv.gz")) {
            return read(new GZIPInputStream(present(packed)), FULL_PIXEL);
        } catch (IOException e) {
            throw new UncheckedIOException("digits.csv.gz", e);
        }
    }

    /**
     * Reads lines of comma-separated numbers, the class last, and divides all but the class by {@code fullScale}.
     *
     * @throws NumberFormatException if a field is not a number
     */
    public static LabelledRows read(InputStream lines, float fullScale) {
        List<Row> rows = new BufferedReader(new InputStreamReader(lines, StandardCharsets.US_ASCII))
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> Row.parse(line, fullScale))
                .toList();
        return new LabelledRows(
                rows, 1 + rows.stream().mapToInt(row -> row.label).max().orElse(-1));
    }

    /**
     * Takes {@code testShare} of each class (rounded down) for the test and shuffles what remains.
     *
     * @param testShare 0 to 1
     */
    public Split split(double testShare, long seed) {
        Random random = new Random(seed);
        List<Row> train = new ArrayList<>();
        List<Row> test = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            List<Row> ofClass = rowsOf(label);
            Collections.shuffle(ofClass, random);
            int testRows = (int) (testShare * ofClass.size());
            test.addAll(ofClass.subList(0, testRows));
            train.addAll(ofClass.subList(testRows, ofClass.size()));
        }
        Collections.shuffle(train, random);
        return new Split(new LabelledRows(train, classes), new LabelledRows(test, classes));
    }

    /** The number of rows. */
    public int size() {
        return rows.size();
    }

    /** The number of features in a row. */
    public int columns() {
        return rows.get(0).features.length;
    }

    /** The number of classes in the whole table, also in a part that a split took from it. */
    public int classes() {
        return classes;
    }

    /** The features of every row, in order: the table's own arrays, not copies. */
    public float[][] features() {
        return rows.stream().map(row -> row.features).toArray(float[][]::new);
    }

    /** The class of every row, in order. */
    public int[] labels() {
        return rows.stream().mapToInt(row -> row.label).toArray();
    }

    private List<Row> rowsOf(int label) {
        List<Row> found = new ArrayList<>(rows);
        found.removeIf(row -> row.label != label);
        return found;
    }

    private static InputStream present(@Nullable InputStream resource) throws IOException {
        if (resource == null) {
            throw new IOException("not on the class path");
        }
        return resource;
    }
}
