/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private static final long TICK = 100_000_000L;
    private static final long MAX_GAP = 1_000_000_000L;

    private final Coverage coverage = new Coverage(new FakeClock());

    @Test
    void aSingleReadingCoversNothing() {
        coverage.read(-5, MAX_GAP, 0);

        assertThat(coverage.coveredNanos()).isZero();
        assertThat(coverage.gaps()).isZero();
    }

    @Test
    void readingsCloseToEachOtherCoverTheTimeBetweenThem() {
        coverage.read(-5 * TICK, MAX_GAP, 0);
        coverage.read(-4 * TICK, MAX_GAP, 0);
        coverage.read(-4 * TICK + MAX_GAP, MAX_GAP, 0);

        assertThat(coverage.coveredNanos()).isEqualTo(TICK + MAX_GAP);
        assertThat(coverage.gapNanos()).isZero();
    }

    @Test
    void readingsFarApartLeaveAGap() {
        coverage.read(0, MAX_GAP, 0);
        coverage.read(MAX_GAP + 1, MAX_GAP, 0);

        assertThat(coverage.coveredNanos()).isZero();
        assertThat(coverage.gapNanos()).isEqualTo(MAX_GAP + 1);
        assertThat(coverage.gaps()).isEqualTo(1);
    }

    @Test
    void aSleepLeavesAGapHoweverShort() {
        coverage.read(0, MAX_GAP, 0);
        coverage.suspended();
        coverage.read(TICK, MAX_GAP, 0);
        coverage.read(2 * TICK, MAX_GAP, 0);

        assertThat(coverage.gapNanos()).isEqualTo(TICK);
        assertThat(coverage.coveredNanos()).isEqualTo(TICK);
    }

    @Test
    void failuresBeforeTheFirstReadingAreNoGap() {
        coverage.failed(0, MAX_GAP);
        coverage.failed(100 * MAX_GAP, MAX_GAP);
        coverage.read(101 * MAX_GAP, MAX_GAP, 0);

        assertThat(coverage.errors()).isEqualTo(2);
        assertThat(coverage.gaps()).isZero();
    }

    @Test
    void aFailureBetweenCloseReadingsIsNoGap() {
        coverage.read(0, MAX_GAP, 0);
        coverage.failed(TICK, MAX_GAP);
        coverage.read(2 * TICK, MAX_GAP, 0);

        assertThat(coverage.coveredNanos()).isEqualTo(2 * TICK);
        assertThat(coverage.gaps()).isZero();
    }

    @Test
    void aGapGrowsForWhoeverAsksThoughTheThreadThatReadsIsHeldUp() {
        FakeClock clock = new FakeClock();
        Coverage unanswered = new Coverage(clock);
        unanswered.read(clock.nanoTime(), MAX_GAP, 0);
        clock.advance(MAX_GAP);
        assertThat(unanswered.gapNanos()).isZero();
        clock.advance(6 * MAX_GAP);
        assertThat(unanswered.gapNanos()).isEqualTo(7 * MAX_GAP);
        assertThat(unanswered.gaps()).isEqualTo(1);
        clock.advance(TICK);
        unanswered.read(clock.nanoTime(), MAX_GAP, 0);

        assertThat(unanswered.gapNanos()).isEqualTo(7 * MAX_GAP + TICK);
        assertThat(unanswered.gaps()).isEqualTo(1);
    }

    @Test
    void aGapGrowsNoLongerThanMeteringLasts() {
        FakeClock clock = new FakeClock();
        Coverage unanswered = new Coverage(clock);
        unanswered.read(clock.nanoTime(), MAX_GAP, 0);
        clock.advance(3 * MAX_GAP);
        unanswered.end(clock.nanoTime());
        clock.advance(9 * MAX_GAP);

        assertThat(unanswered.gapNanos()).isEqualTo(3 * MAX_GAP);
    }

    @Property
    void coveredTimeAndGapsMakeTheWhole(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Coverage any = new Coverage(new FakeClock());
        long start = random.nextLong();
        long nanos = start;
        long read = start;
        long lost = 0;
        any.read(nanos, MAX_GAP, 0);
        for (int i = 0; i < 200; i++) {
            nanos += random.nextLong(1, random.nextInt(5) == 0 ? 10 * MAX_GAP : TICK);
            switch (random.nextInt(6)) {
                case 0 -> any.failed(nanos, MAX_GAP);
                case 1 -> any.suspended();
                default -> {
                    lost += random.nextInt(4) == 0 ? random.nextLong(nanos - read) : 0;
                    any.read(nanos, MAX_GAP, lost);
                    read = nanos;
                }
            }
        }
        any.read(nanos + 1, MAX_GAP, lost);
        any.end(nanos + 1);

        assertThat(any.coveredNanos()).isNotNegative();
        assertThat(any.coveredNanos() + any.gapNanos()).isEqualTo(nanos + 1 - start);
    }
}
