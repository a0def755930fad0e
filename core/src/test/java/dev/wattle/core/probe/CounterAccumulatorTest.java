/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterAccumulatorTest {

    /** The range of an Intel package whose energy unit is 2^-14 J. */
    private static final long INTEL = 262_143_328_850L;

    /** The range of an AMD package, whose energy unit is 2^-16 J. */
    private static final long AMD = 65_532_610_987L;

    private static final long TICK = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @Test
    void takesTheFirstReadingAsTheBaseline() {
        CounterAccumulator counter = new CounterAccumulator(INTEL);

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
        CounterAccumulator counter = new CounterAccumulator(INTEL);
        counter.accept(0, 262_000_000_000L);

        assertThat(counter.accept(100 * SECOND, 19_856_671_150L)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(20_000_000_000L);
    }

    @Test
    void aGapInWhichItMayHaveWrappedTwiceStaysAGap() {
        CounterAccumulator counter = new CounterAccumulator(AMD);
        counter.accept(0, 1_000);

        assertThat(counter.accept(120 * SECOND, 5_000_000_000L)).isFalse();
        assertThat(counter.accept(121 * SECOND, 5_100_000_000L)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(100_000_000);
        assertThat(counter.lostNanos()).isEqualTo(120 * SECOND);
    }

    @Test
    void aCounterThatNeverWrapsBridgesAGapOfDays() {
        CounterAccumulator counter = new CounterAccumulator(0);
        long day = 86_400 * SECOND;
        counter.accept(-day, 7);

        assertThat(counter.accept(2 * day, 7 + 3 * 86_400L * 700_000_000L)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(3 * 86_400L * 700_000_000L);
    }

    @Test
    void aStepOfASecondsEnergyIsBelievedInAShortInterval() {
        CounterAccumulator counter = read(0, TICK, 0, 700_000_000, 700_000_000, 1_400_000_000);

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(1_400_000_000);
    }

    @Test
    void aCounterThatIsLowerAfterASleepWasReset() {
        CounterAccumulator counter = new CounterAccumulator(INTEL);
        counter.accept(0, 262_143_328_000L);
        counter.suspended();

        assertThat(counter.accept(TICK, 1_000)).isFalse();
        assertThat(counter.accept(2 * TICK, 5_000)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(4_000);
    }

    @Test
    void aCounterThatWentOnThroughASleepGoesOn() {
        CounterAccumulator counter = new CounterAccumulator(INTEL);
        counter.accept(0, 1_000);
        counter.suspended();

        assertThat(counter.accept(TICK, 9_000)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(8_000);
    }

    @Test
    void aWrapIsBelievedAgainOnceAReadingAfterASleepWasTaken() {
        CounterAccumulator counter = new CounterAccumulator(INTEL);
        counter.accept(0, 262_143_327_000L);
        counter.suspended();
        counter.accept(TICK, 262_143_328_000L);

        assertThat(counter.accept(2 * TICK, 1_000)).isTrue();

        assertThat(counter.cumulativeMicrojoules()).isEqualTo(1_000 + 1_850);
    }

    private static CounterAccumulator read(long range, long tick, long... values) {
        CounterAccumulator counter = new CounterAccumulator(range);
        long nanos = 0;
        for (long value : values) {
            counter.accept(nanos, value);
            nanos += tick;
        }
        return counter;
    }

    @Test
    void unwrapsASmallRangeThatWrapsEverySecond() {
        CounterAccumulator accumulator = new CounterAccumulator(10_000_000);
        for (int tick = 0; tick <= 100; tick++) {
            accumulator.accept(tick * 100_000_000L, tick * 1_000_000L % 10_000_000);
        }

        assertThat(accumulator.cumulativeMicrojoules()).isEqualTo(100_000_000);
        assertThat(accumulator.rejected()).isZero();
    }
}
