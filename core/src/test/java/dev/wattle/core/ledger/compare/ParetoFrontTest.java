/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {

    @Test
    void leavesOutRunsWithoutAMetric() {
        assertThat(ParetoFront.of(new long[] {1, 2}, new double[] {Double.NaN, 0.9}, true))
                .containsExactly(false, true);
    }

    @Test
    void hasEqualRunsTogether() {
        assertThat(ParetoFront.of(new long[] {5, 5, 5, 4}, new double[] {0.9, 0.9, 0.8, 0.5}, true))
                .containsExactly(true, true, false, true);
    }

    /** By definition: no other run is at least as good in both and better in one. */
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void isWhatNoOtherRunBeats(
            @ForAll @Size(max = 30) List<@IntRange(max = 9) Integer> energies,
            @ForAll @Size(min = 30, max = 30) List<@IntRange(max = 9) Integer> values,
            @ForAll boolean higher) {
        long[] microjoules = energies.stream().mapToLong(Integer::longValue).toArray();
        double[] metric = values.stream()
                .limit(microjoules.length)
                .mapToDouble(Integer::doubleValue)
                .toArray();

        boolean[] front = ParetoFront.of(microjoules, metric, higher);

        for (int i = 0; i < front.length; i++) {
            boolean beaten = false;
            for (int j = 0; j < front.length; j++) {
                double gain = higher ? metric[j] - metric[i] : metric[i] - metric[j];
                beaten |=
                        microjoules[j] <= microjoules[i] && gain >= 0 && (microjoules[j] < microjoules[i] || gain > 0);
            }
            assertThat(front[i]).isEqualTo(!beaten);
        }
    }
}
