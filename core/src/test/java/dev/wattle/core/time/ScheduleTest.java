/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final long START = -7_000_000_000L;
    private static final long PERIOD = 100_000_000L;

    @Test
    void doesNotDriftOverAMillionTicks() {
        Schedule schedule = new Schedule(START, PERIOD, true, 1);
        long now = START;
        for (int tick = 1; tick <= 1_000_000; tick++) {
            long next = schedule.next(now);
            assertThat(next - (START + tick * PERIOD)).isBetween(-PERIOD / 4, PERIOD / 4);
            now = next + 300_000;
        }

        assertThat(schedule.missed()).isZero();
    }

    @Test
    void variesTheTimeBetweenTwoSamplesByAtMostHalfThePeriod() {
        Schedule schedule = new Schedule(START, PERIOD, true, 2);
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        long before = schedule.next(START);
        for (int tick = 0; tick < 10_000; tick++) {
            long next = schedule.next(before);
            shortest = Math.min(shortest, next - before);
            longest = Math.max(longest, next - before);
            before = next;
        }

        assertThat(shortest).isBetween(PERIOD / 2, PERIOD * 3 / 5);
        assertThat(longest).isBetween(PERIOD * 7 / 5, PERIOD * 3 / 2);
    }

    @Test
    void keepsToTheGridWhereNoJitterIsWanted() {
        Schedule schedule = new Schedule(START, PERIOD, false, 9);
        for (int tick = 1; tick <= 1_000; tick++) {
            assertThat(schedule.next(START + (tick - 1) * PERIOD)).isEqualTo(START + tick * PERIOD);
        }
    }

    @Test
    void jittersByAtMostASecond() {
        long minute = 60_000_000_000L;
        Schedule schedule = new Schedule(START, minute, true, 3);
        for (int tick = 1; tick <= 1_000; tick++) {
            long next = schedule.next(START + (tick - 1) * minute);
            assertThat(next - (START + tick * minute)).isBetween(-1_000_000_000L, 1_000_000_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7, 8, 9, 1_000})
    void worksAtTinyPeriods(long period) {
        Schedule schedule = new Schedule(START, period, true, 4);
        for (int tick = 1; tick <= 1_000; tick++) {
            long next = schedule.next(START + (tick - 1) * period);
            assertThat(next - (START + tick * period)).isBetween(-period / 4, period / 4);
        }
    }

    @Test
    void skipsAndCountsInstantsThatHavePassed() {
        Schedule schedule = new Schedule(START, PERIOD, true, 5);

        long next = schedule.next(START + 5 * PERIOD + PERIOD / 2);

        assertThat(next - (START + 6 * PERIOD)).isBetween(-PERIOD / 4, PERIOD / 4);
        assertThat(schedule.missed()).isEqualTo(5);
    }

    @Test
    void neverMakesUpForMissedInstantsInABurst() {
        Schedule schedule = new Schedule(START, PERIOD, true, 6);
        long now = START;
        for (int tick = 0; tick < 10_000; tick++) {
            long late = now + PERIOD * (tick % 7) * 9 / 10;
            long sampled = Math.max(late, schedule.next(late));
            long following = schedule.next(sampled);
            assertThat(following - sampled).isGreaterThanOrEqualTo(PERIOD / 2);
            now = following;
        }
    }

    @Test
    void everyInstantOfTheGridIsEitherSampledOrMissed() {
        Schedule schedule = new Schedule(START, PERIOD, true, 7);
        long now = START;
        long sampled = 0;
        for (int tick = 0; tick < 1_000; tick++) {
            now = Math.max(now, schedule.next(now)) + PERIOD * (tick % 5) / 2;
            sampled++;
        }
        long next = schedule.next(now);

        assertThat(Math.round((double) (next - START) / PERIOD)).isEqualTo(sampled + 1 + schedule.missed());
    }

    @Test
    void continuesFromTheGridWhenThePeriodGrows() {
        Schedule schedule = new Schedule(START, PERIOD, true, 8);
        long first = schedule.next(START);
        schedule.period(2 * PERIOD);

        long second = schedule.next(first);

        assertThat(second - (START + 3 * PERIOD)).isBetween(-PERIOD / 2, PERIOD / 2);
        assertThat(schedule.periodNanos()).isEqualTo(2 * PERIOD);
    }
}
