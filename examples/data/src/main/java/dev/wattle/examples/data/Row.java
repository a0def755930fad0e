/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.data;

/** One line of a table. Two rows are equal only if they are the same line, whatever the numbers. */
final class Row {
    final float[] features;
    final int label;

    private Row(float[] features, int label) {
        this.features = features;
        this.label = label;
    }

    static Row parse(String line, float fullScale) {
        String[] fields = line.split(",", -1);
        float[] features = new float[fields.length - 1];
        for (int i = 0; i < features.length; i++) {
            features[i] = Float.parseFloat(fields[i]) / fullScale;
        }
        return new Row(features, Integer.parseInt(fields[features.length]));
    }
}
