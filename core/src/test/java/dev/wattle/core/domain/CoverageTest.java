/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.time.FakeClock;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private static final long TICK = 100_000_000L;
    private static final long MAX_GAP = 1_000_000_000L;

    private final FakeClock clock = new FakeClock();
    private final Coverage coverage = new Coverage(clock);

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
        coverage.failed(0);
        coverage.failed(100 * MAX_GAP);
        coverage.read(101 * MAX_GAP, MAX_GAP, 0);

        assertThat(coverage.errors()).isEqualTo(2);
        assertThat(coverage.gaps()).isZero();
    }

    @Test
    void aFailureIsTimeNotCoveredHoweverCloseTheReadingsAroundItAre() {
        coverage.read(0, MAX_GAP, 0);
        coverage.failed(TICK);
        coverage.read(2 * TICK, MAX_GAP, 0);
        coverage.read(3 * TICK, MAX_GAP, 0);

        assertThat(coverage.coveredNanos()).isEqualTo(TICK);
        assertThat(coverage.gapNanos()).isEqualTo(2 * TICK);
        assertThat(coverage.gaps()).isEqualTo(1);
    }

    @Test
    void aRefusedReadingIsTimeNotCovered() {
        coverage.read(0, MAX_GAP, 0);
        coverage.refused(TICK);
        coverage.read(2 * TICK, MAX_GAP, 0);

        assertThat(coverage.coveredNanos()).isZero();
        assertThat(coverage.gaps()).isEqualTo(1);
    }

    @Test
    void theTimeFromARefusedReadingOnIsCoveredWhereLaterOnesContinueFromIt() {
        coverage.read(0, MAX_GAP, 0);
        coverage.refused(TICK);
        coverage.read(2 * TICK, MAX_GAP, TICK);

        assertThat(coverage.coveredNanos()).isEqualTo(TICK);
        assertThat(coverage.gapNanos()).isEqualTo(TICK);
    }

    @Test
    void whatIsUndecidedForLongerThanAGapIsCoveredOnceItIsBelieved() {
        coverage.read(0, MAX_GAP, 0);
        for (int tick = 1; tick < 20; tick++) {
            coverage.undecided(tick * TICK);
        }
        coverage.read(20 * TICK, MAX_GAP, 0);

        assertThat(coverage.coveredNanos()).isEqualTo(20 * TICK);
        assertThat(coverage.gaps()).isZero();
    }

    @Test
    void aGapGrowsWhileNobodyReadsAndEndsWithMetering() {
        coverage.read(clock.nanoTime(), MAX_GAP, 0);
        clock.advance(MAX_GAP);
        assertThat(coverage.gapNanos()).isZero();
        clock.advance(20 * MAX_GAP);
        assertThat(coverage.gapNanos()).isEqualTo(21 * MAX_GAP);
        assertThat(coverage.gaps()).isEqualTo(1);
        coverage.end(clock.nanoTime());
        clock.advance(20 * MAX_GAP);

        assertThat(coverage.gapNanos()).isEqualTo(21 * MAX_GAP);
        assertThat(coverage.gaps()).isEqualTo(1);
    }

    @Property
    void coveredTimeAndGapsMakeTheWhole(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FakeClock time = new FakeClock();
        Coverage any = new Coverage(time);
        long start = time.nanoTime();
        long read = start;
        long lost = 0;
        long lastGapNanos = 0;
        any.read(start, MAX_GAP, 0);
        for (int i = 0; i < 200; i++) {
            time.advance(random.nextLong(1, random.nextInt(5) == 0 ? 10 * MAX_GAP : TICK));
            long nanos = time.nanoTime();
            assertThat(any.gapNanos()).isGreaterThanOrEqualTo(lastGapNanos);
            switch (random.nextInt(9)) {
                case 0 -> any.failed(nanos);
                case 1 -> any.suspended();
                case 2 -> any.refused(nanos);
                case 3 -> any.undecided(nanos);
                case 4 -> any.unseen(nanos);
                default -> {
                    lost += random.nextInt(4) == 0 ? random.nextLong(nanos - read) : 0;
                    any.read(nanos, MAX_GAP, lost);
                    read = nanos;
                }
            }
            lastGapNanos = any.gapNanos();
        }
        time.advance(1);
        any.read(time.nanoTime(), MAX_GAP, lost);

        assertThat(any.coveredNanos()).isNotNegative();
        assertThat(any.coveredNanos() + any.gapNanos()).isEqualTo(time.nanoTime() - start);
    }
}
