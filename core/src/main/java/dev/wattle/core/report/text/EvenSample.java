/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import java.util.ArrayList;
import java.util.List;

/** Reduces a long list to a few elements at even distances. */
public final class EvenSample {

    private EvenSample() {}

    /**
     * The first element, the last one, and evenly spaced ones between them; all elements where they fit.
     *
     * @param maximum the number of elements to return at most, at least 2
     */
    public static <T> List<T> of(List<T> all, int maximum) {
        if (all.size() <= maximum) {
            return all;
        }
        List<T> sample = new ArrayList<>(maximum);
        for (int i = 0; i < maximum; i++) {
            sample.add(all.get((int) Math.round((double) i * (all.size() - 1) / (maximum - 1))));
        }
        return sample;
    }
}
