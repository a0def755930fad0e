/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CounterAccumulatorLawsTest {

    private static final long BOUND = 2_000_000_000L;

    @Property
    void theSumIsTheTrueEnergyThroughEveryWrap(@ForAll("ranges") long range, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CounterAccumulator counter = new CounterAccumulator(range, BOUND);
        long start = random.nextLong(range);
        long truth = start;
        long nanos = random.nextLong();
        counter.accept(nanos, truth % range);

        // A wrap is plain for as long as little of the range can have been used.
        long longestNanos = range / (32 * BOUND / 1_000_000) * 1_000;
        for (int i = 0; i < 500; i++) {
            long wait = random.nextLong(1_000, longestNanos);
            long watts = random.nextLong(1_000);
            nanos += wait;
            truth += wait / 1_000 * watts;
            assertThat(counter.accept(nanos, truth % range)).isTrue();
        }

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(truth - start);
        assertThat(counter.rejected()).isZero();
        assertThat(counter.lostNanos()).isZero();
    }

    @Property
    void theSumNeverFallsWhateverIsRead(@ForAll("ranges") long range, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CounterAccumulator counter = new CounterAccumulator(random.nextBoolean() ? range : 0, BOUND);
        long nanos = random.nextLong();
        long before = 0;
        for (int i = 0; i < 500; i++) {
            nanos += random.nextLong(1, 200_000_000_000L);
            counter.accept(nanos, random.nextInt(4) == 0 ? random.nextLong() : random.nextLong(range));
            if (random.nextInt(50) == 0) {
                counter.suspended();
            }
            assertThat(counter.cumulativeMicrojoules()).isGreaterThanOrEqualTo(before);
            before = counter.cumulativeMicrojoules();
        }
    }

    @Property
    void theSumIsNeverMoreThanTheBoundAllowsWhateverIsRead(@ForAll("ranges") long range, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CounterAccumulator counter = new CounterAccumulator(random.nextBoolean() ? range : 0, BOUND);
        long start = random.nextLong();
        long nanos = start;
        long value = random.nextLong(range);
        long wildness = random.nextLong(1, 1_000_000_000_000L);
        for (int i = 0; i < 500; i++) {
            value = Math.floorMod(value + random.nextLong(-wildness / 8, wildness), range);
            nanos += random.nextLong(1_000, random.nextBoolean() ? 100_000_000L : 5_000_000_000L);
            counter.accept(nanos, value);
        }
        counter.settle();

        long maxMicrojoules = (nanos - start) / 1_000 * (BOUND / 1_000_000);
        assertThat(counter.cumulativeMicrojoules()).isBetween(0L, maxMicrojoules + BOUND);
        assertThat(counter.accountedNanos() + counter.lostNanos()).isBetween(0L, nanos - start);
    }

    @Provide
    Arbitrary<Long> ranges() {
        return Arbitraries.of(262_143_328_850L, 262_143_999_938L, 65_532_610_987L, 65_712_999_613L, 2_000_000_000L);
    }
}
