/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.energy.EnergyTimeline;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.time.FakeClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DomainMeterTest {

    private static final long TICK = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long WATT = 1_000_000L;

    private final FakeClock clock = new FakeClock();
    private final long start = clock.nanoTime();
    private final DomainMeter meter = new DomainMeter(Domains.board(0), clock, SECOND);
    private long counter = 123_456_789;

    @Test
    void isUnknownUntilItWasRead() {
        assertThat(meter.isKnown()).isFalse();
        assertThat(meter.microwatts()).isEqualTo(DomainMeter.UNKNOWN);
        assertThat(meter.averageMicrowatts()).isEqualTo(DomainMeter.UNKNOWN);
        assertThat(meter.peakMicrowatts()).isEqualTo(DomainMeter.UNKNOWN);
    }

    @Test
    void hasNoPowerAfterASingleReading() {
        readAt(300, 1);

        assertThat(meter.isKnown()).isTrue();
        assertThat(meter.microjoules()).isZero();
        assertThat(meter.microwatts()).isEqualTo(DomainMeter.UNKNOWN);
        assertThat(meter.averageMicrowatts()).isEqualTo(DomainMeter.UNKNOWN);
    }

    @Test
    void countsFromAnEarlierReadingOnHoweverLongAgoThatWas() {
        meter.earlier(start, counter);
        clock.advance(7 * SECOND);
        meter.counter(clock.nanoTime(), counter + 7 * 300 * WATT);

        assertThat(meter.microjoules()).isEqualTo(7 * 300 * WATT);
        assertThat(meter.timeline().microjoulesBetween(start, start + SECOND)).isEqualTo(300 * WATT);
        assertThat(meter.averageMicrowatts()).isEqualTo(300 * WATT);
        assertThat(meter.coverage().coveredNanos()).isEqualTo(7 * SECOND);
        assertThat(meter.coverage().gaps()).isZero();
    }

    @Test
    void hasAGapAfterTheTimeThatAnEarlierReadingCovers() {
        meter.earlier(start, counter);
        clock.advance(7 * SECOND);
        meter.counter(clock.nanoTime(), counter + SECOND / 1_000);
        clock.advance(7 * SECOND);
        meter.counter(clock.nanoTime(), counter + 2 * SECOND / 1_000);

        assertThat(meter.coverage().coveredNanos()).isEqualTo(7 * SECOND);
        assertThat(meter.coverage().gaps()).isEqualTo(1);
    }

    @Test
    void takesNoEarlierReadingOnceItWasRead() {
        meter.counter(clock.nanoTime(), counter);
        clock.advance(SECOND);
        meter.earlier(start - SECOND, counter - 5 * WATT);
        meter.counter(clock.nanoTime(), counter + 3 * WATT);

        assertThat(meter.microjoules()).isEqualTo(3 * WATT);
    }

    @Test
    void knowsItsPowerFromTheSecondReadingOn() {
        readAt(300, 2);

        assertThat(meter.microwatts()).isEqualTo(300 * WATT);
        assertThat(meter.averageMicrowatts()).isEqualTo(300 * WATT);
    }

    @Test
    void powerIsTheMeanOfTheLastSecond() {
        DomainMeter processor = new DomainMeter(Domains.processor(0), clock, SECOND);
        readAt(processor, 100, 50);
        readAt(processor, 500, 11);

        assertThat(processor.microwatts()).isCloseTo(500 * WATT, within(10L));
        assertThat(processor.averageMicrowatts()).isBetween(160 * WATT, 175 * WATT);
    }

    @Test
    void powerIsTheMeanOfTwoSecondsOfABoardThatIsReadAsOftenAsItSteps() {
        readAt(100, 50);
        readAt(500, 22);

        assertThat(meter.microwatts()).isCloseTo(500 * WATT, within(10L));
        assertThat(meter.powerError()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void powerBecomesUnknownWhereTheDomainStopsAnswering() {
        readAt(300, 20);
        clock.advance(3 * SECOND);

        assertThat(meter.microwatts()).isEqualTo(DomainMeter.UNKNOWN);
        assertThat(meter.microjoules()).isEqualTo(300 * WATT * 19 / 10);
    }

    @Test
    void aCounterThatStandsStillHasNoPowerAndItsWindowsAreAnswered() {
        readAt(300, 20);
        long stopped = clock.nanoTime();
        readAt(0, 40);

        assertThat(meter.microwatts()).isZero();
        assertThat(meter.timeline().microjoulesBetween(stopped, stopped + 2 * SECOND))
                .isZero();
    }

    @Test
    void theStepsOfACounterBecomeALine() {
        for (int tick = 0; tick <= 40; tick++) {
            if (tick % 4 == 0) {
                counter += 40 * WATT;
            }
            meter.counter(clock.nanoTime(), counter);
            clock.advance(TICK);
        }

        long half = meter.timeline().microjoulesBetween(start + SECOND, start + SECOND + 2 * TICK);
        assertThat(half).isEqualTo(20 * WATT);
    }

    @Test
    void peakIsTheHighestMeanOverASecond() {
        readAt(100, 20);
        readAt(700, 41);
        readAt(200, 20);

        // When the counter stepped is not known to a tenth of a second, and the longest of the times it may have had
        // counts.
        assertThat(meter.peakMicrowatts()).isBetween(700 * WATT * 40 / 41 - 10, 700 * WATT);
    }

    @Test
    void datesItsFirstAndItsLastReading() {
        assertThat(meter.firstReading()).isEmpty();
        assertThat(meter.lastReading()).isEmpty();
        Instant startDate = clock.wallTime();

        readAt(300, 1);
        clock.advance(123_456_000);
        readAt(300, 1);
        clock.advance(SECOND);
        meter.failed(clock.nanoTime());

        assertThat(meter.firstReading()).contains(startDate);
        assertThat(meter.lastReading()).contains(startDate.plusNanos(TICK + 123_456_000));
    }

    @Test
    void datesReadingsRightOnBothSidesOfASleep() {
        Instant startDate = clock.wallTime();
        readAt(300, 1);
        clock.sleepMillis(3_600_000);
        readAt(300, 1);

        assertThat(meter.firstReading()).contains(startDate);
        assertThat(meter.lastReading()).contains(startDate.plusNanos(TICK).plusSeconds(3_600));
    }

    @Test
    void aSleepIsAGap() {
        readAt(300, 10);
        meter.suspended();
        readAt(300, 10);

        assertThat(meter.coverage().gaps()).isEqualTo(1);
        assertThat(meter.coverage().gapNanos()).isEqualTo(TICK);
        assertThat(meter.coverage().coveredNanos()).isEqualTo(18 * TICK);
    }

    @Test
    void powerIsDatedBackByTheSensorsLag() {
        DomainMeter lagging = new DomainMeter(Domains.powerBoard(0, SECOND / 2), clock, SECOND);
        powerAt(lagging, 0, 1);
        powerAt(lagging, 300, 30);

        long from = start + SECOND;
        assertThat(lagging.timeline().microjoulesBetween(from, from + SECOND)).isEqualTo(300 * WATT);
        assertThat(lagging.timeline().microjoulesAt(start - SECOND / 2)).isZero();
        assertThat(lagging.timeline().microjoulesAt(clock.nanoTime() - TICK - SECOND / 2 + 1))
                .isEqualTo(EnergyTimeline.NOT_YET);
    }

    @Test
    void aGapInPowerIsFilledAndSaid() {
        DomainMeter board = new DomainMeter(Domains.powerBoard(0, 0), clock, SECOND);
        powerAt(board, 200, 11);
        clock.advance(9 * SECOND + 9 * TICK);
        powerAt(board, 200, 1);

        assertThat(board.microjoules()).isEqualTo(2_200 * WATT);
        assertThat(board.coverage().interpolatedMicrojoules()).isEqualTo(2_000 * WATT);
        assertThat(board.coverage().gapNanos()).isEqualTo(10 * SECOND);
        assertThat(board.coverage().coveredNanos()).isEqualTo(SECOND);
    }

    @Test
    void silenceIsAGapThatNoEnergyFills() {
        DomainMeter board = new DomainMeter(Domains.powerBoard(0, 0), clock, SECOND);
        powerAt(board, 200, 11);
        board.silent();
        clock.advance(3_599 * SECOND + 9 * TICK);
        powerAt(board, 200, 11);

        assertThat(board.microjoules()).isEqualTo(2 * 200 * WATT);
        assertThat(board.coverage().interpolatedMicrojoules()).isZero();
        assertThat(board.coverage().gaps()).isEqualTo(1);
        assertThat(board.coverage().gapNanos()).isEqualTo(3_600 * SECOND);
        assertThat(board.loss()).isEmpty();
    }

    @Test
    void aCounterThatWasSilentRestarts() {
        readAt(300, 11);
        meter.silent();
        clock.advance(3_600 * SECOND);
        counter += 262_000 * WATT;
        readAt(300, 11);

        assertThat(meter.microjoules()).isEqualTo(2 * 300 * WATT);
        assertThat(meter.coverage().gaps()).isEqualTo(1);
    }

    @Test
    void refusesAReadingOfTheOtherKind() {
        DomainMeter board = new DomainMeter(Domains.powerBoard(0, 0), clock, SECOND);

        assertThatThrownBy(() -> board.counter(start, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> meter.power(start, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theTimeLostToAResetIsCountedOnce() {
        counter = 900_000 * WATT;
        readAt(300, 1);
        counter = 0;
        readAt(300, 4);

        assertThat(meter.coverage().gaps()).isEqualTo(1);
        assertThat(meter.coverage().gapNanos()).isEqualTo(TICK);
        assertThat(meter.coverage().coveredNanos()).isEqualTo(3 * TICK);
    }

    @Test
    void aResetWithinAGapIsOneGap() {
        counter = 900_000 * WATT;
        readAt(300, 21);
        clock.advance(10 * SECOND - TICK);
        counter = 0;
        readAt(300, 3);

        assertThat(meter.coverage().gaps()).isEqualTo(1);
        assertThat(meter.coverage().gapNanos()).isEqualTo(10 * SECOND + TICK);
        assertThat(meter.coverage().coveredNanos()).isEqualTo(2 * SECOND + TICK);
    }

    @Test
    void theAverageOfALaggingSensorIsNotStretched() {
        DomainMeter board = new DomainMeter(Domains.powerBoard(0, SECOND / 2), clock, SECOND);
        powerAt(board, 300, 2);
        assertThat(board.averageMicrowatts()).isEqualTo(300 * WATT);
        assertThat(board.microwatts()).isEqualTo(300 * WATT);
        powerAt(board, 300, 8);

        assertThat(board.averageMicrowatts()).isEqualTo(300 * WATT);
    }

    @Test
    void thePeakOfARunShorterThanASecondIsItsAverage() {
        readAt(200, 3);

        assertThat(meter.averageMicrowatts()).isEqualTo(200 * WATT);
        assertThat(meter.peakMicrowatts()).isEqualTo(200 * WATT);
    }

    @Test
    void timeThatIsNotKnownIsNoTimeAtZeroWatts() {
        readAt(100, 101);
        meter.silent();
        clock.advance(10 * SECOND);
        counter = 5;
        readAt(100, 71);

        assertThat(meter.microjoules()).isEqualTo(1_700 * WATT);
        assertThat(meter.averageMicrowatts()).isEqualTo(100 * WATT);
        assertThat(meter.microwatts()).isEqualTo(100 * WATT);
        assertThat(meter.coverage().coveredNanos() + meter.coverage().gapNanos())
                .isEqualTo(27 * SECOND + TICK);
    }

    @Test
    void aReadingThatIsNotBelievedIsTimeNotCovered() {
        readAt(300, 11);
        long right = counter;
        counter = 900_000 * WATT;
        readAt(300, 1);
        counter = right + 60 * WATT;
        readAt(300, 10);

        assertThat(meter.coverage().rejected()).isEqualTo(1);
        assertThat(meter.coverage().gaps()).isEqualTo(1);
        assertThat(meter.coverage().gapNanos()).isEqualTo(2 * TICK);
        assertThat(meter.averageMicrowatts()).isCloseTo(300 * WATT, within(20 * WATT));
    }

    @Test
    void aRangeTooSmallForTheIntervalIsAGap() {
        DomainMeter small = new DomainMeter(
                new EnergyDomain(
                        Component.CPU,
                        "package-0",
                        "",
                        "",
                        Quality.COUNTER,
                        Scope.MACHINE,
                        "",
                        new Sensor.Counter(10 * WATT)),
                clock,
                180 * SECOND);
        for (int i = 0; i < 10; i++) {
            small.counter(clock.nanoTime(), i * 7 * WATT % (10 * WATT));
            clock.advance(60 * SECOND);
        }

        assertThat(small.coverage().coveredNanos()).isZero();
        assertThat(small.coverage().gapNanos()).isEqualTo(9 * 60 * SECOND);
        assertThat(small.averageMicrowatts()).isEqualTo(DomainMeter.UNKNOWN);
    }

    @Test
    void aCounterThatStandsStillIsKnownToStandStillAtLongPeriodsToo() {
        DomainMeter slow = new DomainMeter(Domains.board(0), clock, 30 * SECOND);
        for (int i = 0; i < 10; i++) {
            slow.counter(clock.nanoTime(), counter + Math.min(i, 5) * WATT);
            clock.advance(10 * SECOND - 1);
            assertThat(slow.microwatts()).isEqualTo(i == 0 ? DomainMeter.UNKNOWN : i <= 5 ? WATT / 10 : 0);
            clock.advance(1);
        }
    }

    /** Reads the counter, which then gains what this power gives in a tick. */
    private void readAt(long watts, int ticks) {
        readAt(meter, watts, ticks);
    }

    private void readAt(DomainMeter counting, long watts, int ticks) {
        for (int i = 0; i < ticks; i++) {
            counting.counter(clock.nanoTime(), counter);
            clock.advance(TICK);
            counter += watts * WATT / 10;
        }
    }

    private void powerAt(DomainMeter board, long watts, int ticks) {
        for (int i = 0; i < ticks; i++) {
            board.power(clock.nanoTime(), watts * WATT);
            clock.advance(TICK);
        }
    }
}
