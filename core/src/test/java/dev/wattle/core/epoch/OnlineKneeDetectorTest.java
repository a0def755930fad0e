/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OnlineKneeDetectorTest {

    @Property(tries = 1_000)
    void afterEveryPointTheCornerIsThatOfAllPoints(
            @ForAll @Size(max = 60) List<@DoubleRange(min = 0, max = 1) Double> gains,
            @ForAll @IntRange(min = 1, max = 40) int steepness) {
        OnlineKneeDetector online = new OnlineKneeDetector(10);
        double[] energies = new double[gains.size()];
        double[] curved = new double[gains.size()];
        double used = 0;
        for (int i = 0; i < gains.size(); i++) {
            used += 1 + gains.get(i);
            energies[i] = used;
            curved[i] = 1 - Math.exp(-i * steepness / 40.0) + 0.05 * gains.get(i);
            online.add(i + 1, used, curved[i]);
            OptionalInt whole = KneeDetector.knee(Arrays.copyOf(energies, i + 1), Arrays.copyOf(curved, i + 1), 10);

            assertThat(online.knee())
                    .isEqualTo(whole.isPresent() ? OptionalInt.of(whole.getAsInt() + 1) : OptionalInt.empty());
        }
    }

    @Test
    void anEpochThatUsedNothingIsReplacedByTheNext() {
        OnlineKneeDetector online = new OnlineKneeDetector(10);
        OnlineKneeDetector without = new OnlineKneeDetector(10);
        for (int epoch = 1; epoch <= 30; epoch++) {
            double gain = 1 - Math.exp(-epoch);
            online.add(100 + epoch, epoch, 17);
            online.add(epoch, epoch, gain);
            without.add(epoch, epoch, gain);
        }

        assertThat(online.knee()).isPresent().isEqualTo(without.knee());
    }

    @Test
    void theCornerOfAHundredThousandEpochsIsFoundInBoundedMemory() {
        OnlineKneeDetector online = new OnlineKneeDetector(10);
        int epochs = 100_000;
        double[] energies = new double[epochs];
        double[] gains = new double[epochs];
        for (int i = 0; i < epochs; i++) {
            energies[i] = i + 1;
            // Concave throughout: every point is a corner of the majorant.
            gains[i] = Math.log(i + 10.0);
            online.add(i + 1, energies[i], gains[i]);
        }

        int whole = KneeDetector.knee(energies, gains, 10).orElseThrow() + 1;
        assertThat(online.knee().orElseThrow()).isEqualTo(whole);
    }
}
