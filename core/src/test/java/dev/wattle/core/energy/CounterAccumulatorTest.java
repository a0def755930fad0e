/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterAccumulatorTest {

    /** That of a processor that tells no limit. */
    private static final long BOUND = 2_000_000_000L;

    /** The range of an Intel package whose energy unit is 2^-14 J. */
    private static final long INTEL = 262_143_328_850L;

    /** The range of an AMD package, whose energy unit is 2^-16 J. */
    private static final long AMD = 65_532_610_987L;

    private static final long TICK = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @Test
    void takesTheFirstReadingAsTheBaseline() {
        CounterAccumulator counter = new CounterAccumulator(INTEL, BOUND);

        assertThat(counter.accept(0, 123_456_789)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isZero();
    }

    @Test
    void addsUpWhatTheCounterGains() {
        CounterAccumulator counter = read(INTEL, TICK, 1_000, 6_000, 6_000, 21_000);

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(20_000);
        assertThat(counter.rejected()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "262143328850, 262143328000, 1000, 1850",
        "262143328850, 262143328849, 0, 1",
        "65532610987, 65532610000, 5000000, 5000987",
        "65712999613, 65712999613, 61, 61"
    })
    void unwrapsByTheDomainsOwnRange(long range, long old, long now, long gained) {
        CounterAccumulator counter = read(range, TICK, old, now);

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(gained);
        assertThat(counter.rejected()).isZero();
    }

    @Test
    void twoDomainsWrapInDifferentTicksWithoutTouchingEachOther() {
        CounterAccumulator package0 = read(INTEL, TICK, 262_143_328_000L, 1_000, 9_000, 20_000);
        CounterAccumulator package1 = read(AMD, TICK, 65_532_000_000L, 65_532_600_000L, 5_000, 6_000);

        assertThat(package0.cumulativeMicrojoules()).isEqualTo(850 + 20_000);
        assertThat(package1.cumulativeMicrojoules()).isEqualTo(610_987 + 6_000);
    }

    @Test
    void aCounterWithoutARangeThatFallsWasReset() {
        CounterAccumulator counter = read(0, TICK, 5_000_000, 6_000_000, 100, 40_100);

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(1_000_000 + 40_000);
        assertThat(counter.rejected()).isEqualTo(1);
        assertThat(counter.lostNanos()).isEqualTo(TICK);
    }

    @Test
    void aResetIsNoWrapWhereNoHardwareCouldHaveDrawnAsMuch() {
        CounterAccumulator counter = read(INTEL, TICK, 100_000_000_000L, 100_001_000_000L, 0, 500_000);

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(1_500_000);
        assertThat(counter.rejected()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0", "262143328849", "9223372036854775807", "-1", "-9223372036854775808"})
    void aGlitchLosesNoEnergy(long glitch) {
        CounterAccumulator counter = read(INTEL, TICK, 100_000_000_000L, glitch, 100_002_000_000L);

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(2_000_000);
        assertThat(counter.rejected()).isEqualTo(1);
        assertThat(counter.lostNanos()).isZero();
    }

    @Test
    void aBrokenBaselineIsLeftBehind() {
        CounterAccumulator counter = read(INTEL, TICK, 0, 100_000_000_000L, 100_001_000_000L, 100_002_000_000L);

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(2_000_000);
        assertThat(counter.lostNanos()).isEqualTo(TICK);
    }

    @Test
    void findsTheNewLevelAfterSeveralOddValues() {
        CounterAccumulator counter =
                read(INTEL, TICK, 100_000_000_000L, 0, 50_000_000_000L, 200_000_000_000L, 200_000_300_000L);

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(300_000);
        assertThat(counter.rejected()).isEqualTo(3);
        assertThat(counter.lostNanos()).isEqualTo(3 * TICK);
    }

    @Test
    void aGapInWhichTheCounterCannotHaveWrappedTwiceLosesNothing() {
        CounterAccumulator counter = new CounterAccumulator(INTEL, BOUND);
        counter.accept(0, 262_000_000_000L);

        assertThat(counter.accept(100 * SECOND, 19_856_671_150L)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(20_000_000_000L);
    }

    @Test
    void aGapInWhichItMayHaveWrappedTwiceStaysAGap() {
        CounterAccumulator counter = new CounterAccumulator(AMD, BOUND);
        counter.accept(0, 1_000);

        counter.accept(120 * SECOND, 5_000_000_000L);
        assertThat(counter.accept(121 * SECOND, 5_100_000_000L)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(100_000_000);
        assertThat(counter.lostNanos()).isEqualTo(120 * SECOND);
    }

    @Test
    void aCounterThatNeverWrapsBridgesAGapOfDays() {
        CounterAccumulator counter = new CounterAccumulator(0, BOUND);
        long day = 86_400 * SECOND;
        counter.accept(-day, 7);

        assertThat(counter.accept(2 * day, 7 + 3 * 86_400L * 700_000_000L)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(3 * 86_400L * 700_000_000L);
    }

    @Test
    void aStepOfASecondsEnergyIsBelievedInAShortInterval() {
        CounterAccumulator counter = new CounterAccumulator(0, BOUND);
        for (int tick = 0; tick <= 40; tick++) {
            counter.accept(tick * TICK, (tick + 9) / 10 * 700_000_000L);
        }

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(4 * 700_000_000L);
        assertThat(counter.rejected()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 3600", "20, 3600", "100, 3600", "1000, 3600", "10000, 3600", "60000, 3600"})
    void aBoardOfSeveralKilowattsIsBelievedAtEveryInterval(long millis, long watts) {
        CounterAccumulator counter = new CounterAccumulator(0, 3 * watts * 1_000_000);
        long steps = Math.max(10, 10_000 / millis);
        for (long i = 0; i <= steps; i++) {
            counter.accept(i * millis * 1_000_000, i * millis * watts * 1_000);
        }

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(steps * millis * watts * 1_000);
        assertThat(counter.rejected()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1", "20", "100", "1000", "10000", "60000"})
    void aCounterInAWrongUnitIsImplausibleAndNoneOfItsEnergyIsBelieved(long millis) {
        CounterAccumulator counter = new CounterAccumulator(0, BOUND);
        long nanos = 0;
        while (nanos <= Math.max(3 * millis * 1_000_000, 1_100_000_000L)) {
            counter.accept(nanos, nanos / TICK * 450_000_000L);
            nanos += millis * 1_000_000;
        }
        counter.settle();

        assertThat(counter.isImplausible()).isTrue();
        assertThat(counter.cumulativeMicrojoules()).isZero();
        assertThat(counter.accountedNanos()).isLessThan(TICK);
        assertThat(counter.rejected()).isPositive();
    }

    @Test
    void aCounterInAWrongUnitStaysOutHoweverLongItContinues() {
        CounterAccumulator counter = new CounterAccumulator(AMD, BOUND);
        for (int tick = 0; tick <= 36_000; tick++) {
            counter.accept(tick * TICK, tick * 450_000_000L % AMD);
        }

        assertThat(counter.isImplausible()).isTrue();
        assertThat(counter.cumulativeMicrojoules()).isZero();
    }

    @Test
    void whatWasBelievedStaysWhereACounterBecomesImplausibleAndIsMeteredAgainOnceItIsPlausible() {
        CounterAccumulator counter = new CounterAccumulator(0, BOUND);
        long value = 0;
        for (int tick = 0; tick < 300; tick++) {
            counter.accept(tick * TICK, value);
            value += (tick < 100 || tick >= 200 ? 20 : 450) * 1_000_000L;
        }

        assertThat(counter.isImplausible()).isFalse();
        assertThat(counter.cumulativeMicrojoules()).isBetween(190 * 20_000_000L, 200 * 20_000_000L + 450_000_000L);
        assertThat(counter.accountedNanos() + counter.lostNanos()).isEqualTo(299 * TICK);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "50", "99"})
    void aCounterThatIsPublishedRarelyIsMeteredWholly(long phase) {
        CounterAccumulator counter = new CounterAccumulator(0, BOUND);
        long published = 0;
        for (long tick = phase; tick <= 10_000; tick++) {
            published = tick / 100 * 100 * 60_000_000L;
            counter.accept(tick * TICK, published);
        }

        // The first step holds what was used before the first reading too: 600 J a second for up to ten.
        assertThat(counter.cumulativeMicrojoules()).isBetween(published - 2 * 6_000_000_000L, published);
    }

    @Test
    void aDriverThatHangsForAMinuteLosesNothing() {
        CounterAccumulator counter = new CounterAccumulator(0, BOUND);
        counter.accept(0, 0);
        counter.accept(TICK, 60_000_000);
        counter.accept(30 * SECOND, 60 * 600_000_000L);
        counter.accept(60 * SECOND + TICK, 60 * 600_000_000L + 60_000_000);

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(60 * 600_000_000L + 60_000_000);
    }

    @Test
    void whatOneStepMayExplainIsBelievedAtTheEnd() {
        CounterAccumulator counter = new CounterAccumulator(0, BOUND);
        counter.accept(0, 0);
        counter.accept(TICK / 10, 60_000_000);
        assertThat(counter.cumulativeMicrojoules()).isZero();
        assertThat(counter.isPending()).isTrue();
        counter.settle();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(60_000_000);
    }

    @Test
    void aCounterThatFallsToZeroInALongIntervalIsNoWrapWhereAResetExplainsItAsWell() {
        CounterAccumulator counter = new CounterAccumulator(AMD, BOUND);
        long value = 0;
        for (int minute = 0; minute < 4; minute++) {
            counter.accept(minute * 60 * SECOND, value);
            value += 60 * 215_000_000L;
        }
        counter.accept(4 * 60 * SECOND, 4_000_000_000L);
        counter.accept(5 * 60 * SECOND, 4_000_000_000L + 60 * 215_000_000L);

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(4 * 60 * 215_000_000L);
        assertThat(counter.lostNanos()).isEqualTo(60 * SECOND);
    }

    @Test
    void aRangeTooSmallForTheIntervalIsLostTimeAndNoEnergy() {
        CounterAccumulator counter = new CounterAccumulator(10_000_000, BOUND);
        for (int minute = 0; minute < 10; minute++) {
            counter.accept(minute * 60 * SECOND, minute * 7_000_000 % 10_000_000);
        }

        assertThat(counter.cumulativeMicrojoules()).isZero();
        assertThat(counter.lostNanos()).isEqualTo(9 * 60 * SECOND);
        assertThat(counter.isImplausible()).isFalse();
    }

    @Test
    void aResetCounterThatStandsStillIsTakenForItsNewValueAfterASecond() {
        CounterAccumulator counter = new CounterAccumulator(INTEL, BOUND);
        counter.accept(0, 100_000_000_000L);
        for (int tick = 1; tick <= 100; tick++) {
            counter.accept(tick * TICK, 0);
        }

        assertThat(counter.rejected()).isBetween(9L, 12L);
        assertThat(counter.cumulativeMicrojoules()).isZero();
    }

    @Test
    void aCounterThatIsLowerAfterASleepWasReset() {
        CounterAccumulator counter = new CounterAccumulator(INTEL, BOUND);
        counter.accept(0, 262_143_328_000L);
        counter.suspended();

        assertThat(counter.accept(TICK, 1_000)).isFalse();
        assertThat(counter.accept(2 * TICK, 5_000)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(4_000);
    }

    @Test
    void aCounterThatCountedDuringASleepContinues() {
        CounterAccumulator counter = new CounterAccumulator(INTEL, BOUND);
        counter.accept(0, 1_000);
        counter.suspended();

        assertThat(counter.accept(TICK, 9_000)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(8_000);
    }

    @Test
    void aWrapIsBelievedAgainOnceAReadingAfterASleepWasTaken() {
        CounterAccumulator counter = new CounterAccumulator(INTEL, BOUND);
        counter.accept(0, 262_143_327_000L);
        counter.suspended();
        counter.accept(TICK, 262_143_328_000L);

        assertThat(counter.accept(2 * TICK, 1_000)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(1_000 + 1_850);
    }

    private static CounterAccumulator read(long range, long tick, long... values) {
        CounterAccumulator counter = new CounterAccumulator(range, BOUND);
        long nanos = 0;
        for (long value : values) {
            counter.accept(nanos, value);
            nanos += tick;
        }
        return counter;
    }

    @Test
    void unwrapsASmallRangeThatWrapsEverySecond() {
        CounterAccumulator accumulator = new CounterAccumulator(10_000_000, BOUND);
        for (int tick = 0; tick <= 100; tick++) {
            accumulator.accept(tick * 100_000_000L, tick * 1_000_000L % 10_000_000);
        }

        assertThat(accumulator.cumulativeMicrojoules()).isEqualTo(100_000_000);
        assertThat(accumulator.rejected()).isZero();
    }
}
