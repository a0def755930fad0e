/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final long MILLI = 1_000_000L;

    @Property
    void neverLetsThroughMoreThanOneAPeriod(@ForAll @IntRange(min = 1, max = 400) int askMillis, @ForAll long seed) {
        RateLimit limit = new RateLimit(100 * MILLI);
        SplittableRandom jitter = new SplittableRandom(seed);
        long now = Long.MAX_VALUE - 5_000_000_000L;
        long start = now;
        int taken = 0;
        while (now - start < 10_000 * MILLI) {
            taken += limit.takes(now) ? 1 : 0;
            now += askMillis * MILLI + jitter.nextLong(-askMillis * MILLI / 8, askMillis * MILLI / 8 + 1);
        }

        assertThat(taken).isLessThanOrEqualTo(102);
    }

    @Property
    void skipsHardlyATurnOfWhoAsksInItsOwnPeriod(@ForAll long seed) {
        RateLimit limit = new RateLimit(100 * MILLI);
        SplittableRandom jitter = new SplittableRandom(seed);
        int taken = 0;
        for (int tick = 0; tick < 100; tick++) {
            long early = tick == 0 ? 0 : jitter.nextLong(-12 * MILLI, 12 * MILLI + 1);
            taken += limit.takes(tick * 100 * MILLI + early) ? 1 : 0;
        }

        assertThat(taken).isGreaterThanOrEqualTo(99);
    }

    @Test
    void whoAsksOftenIsLetThroughOnceInAPeriod() {
        RateLimit limit = new RateLimit(100 * MILLI);
        int taken = 0;
        for (int tick = 0; tick < 6_000; tick++) {
            taken += limit.takes(tick * 10 * MILLI) ? 1 : 0;
        }

        assertThat(taken).isBetween(600, 601);
    }

    @Test
    void turnsMissedAreNotMadeUpFor() {
        RateLimit limit = new RateLimit(100 * MILLI);
        limit.takes(0);

        assertThat(limit.takes(10_000 * MILLI)).isTrue();
        assertThat(limit.takes(10_020 * MILLI)).isFalse();
        assertThat(limit.takes(10_040 * MILLI)).isFalse();
        assertThat(limit.takes(10_100 * MILLI)).isTrue();
    }

    @Test
    void noPeriodIsNoLimit() {
        RateLimit limit = new RateLimit(0);

        assertThat(limit.takes(0)).isTrue();
        assertThat(limit.takes(0)).isTrue();
        assertThat(limit.takes(1)).isTrue();
    }
}
