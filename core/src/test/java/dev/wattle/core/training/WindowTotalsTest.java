/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowTotalsTest {
    private final WindowTotals totals = new WindowTotals();

    @Test
    void addsUpWindowsOfOneName() {
        totals.window(window("load", 2, 10, true));
        totals.window(window("augment", 1, 5, false));
        totals.window(window("load", 3, 20, false));

        assertThat(totals.totals())
                .containsExactly(
                        new WindowTotal("load", 2, 5, Map.of(Epochs.BOARD, 30L), 1),
                        new WindowTotal("augment", 1, 1, Map.of(Epochs.BOARD, 5L), 0));
    }

    @Test
    void letsNamesBeyondTheLimitShareATotalAndLosesNothing() {
        for (int i = 0; i < 1_000; i++) {
            totals.window(window("batch " + i, 1, 1, false));
        }

        assertThat(totals.totals()).hasSize(WindowTotals.MOST_NAMES + 1);
        assertThat(totals.totals().stream()
                        .mapToLong(WindowTotal::totalMicrojoules)
                        .sum())
                .isEqualTo(1_000);
        assertThat(totals.totals().get(WindowTotals.MOST_NAMES).name()).isEqualTo(WindowTotals.OTHERS);
    }

    private static WindowRecord window(String name, long nanos, long microjoules, boolean belowResolution) {
        return new WindowRecord(name, Epochs.BEGAN, 0, nanos, Map.of(Epochs.BOARD, microjoules), belowResolution);
    }
}
