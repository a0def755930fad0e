/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.time.FakeClock;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A counter that is renewed now and then, and read at times of its own. */
class SteppedCounterTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long WATT = 1_000_000L;

    private final FakeClock clock = new FakeClock();
    private final long start = clock.nanoTime();

    @ParameterizedTest
    @CsvSource({"100, 20", "100, 10", "95, 20", "100, 1", "1000, 20"})
    void thePowerOfASecondIsThatBetweenTwoSteps(long stepMillis, long readMillis) {
        for (long phase = 0; phase < stepMillis; phase += Math.max(1, stepMillis / 17)) {
            DomainMeter meter = new DomainMeter(Domains.processor(0), clock, SECOND);
            long start = clock.nanoTime() - phase * MILLI;
            for (long millis = 0; millis < 1_700 + 2 * stepMillis; millis += readMillis) {
                meter.counter(clock.nanoTime(), stepped(start, stepMillis, nanos -> nanos / 1_000 * 400));
                clock.advance(readMillis * MILLI);
            }

            assertThat(meter.microwatts() / (double) WATT)
                    .as("phase %d ms", phase)
                    .isBetween(400 / 1.021, 400 * 1.021);
        }
    }

    @Property(tries = 300)
    void thePowerIsAsFarOffAsItSaysHoweverLateTheReadingsCome(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long stepMillis = random.nextLong(50, 101);
        long readMillis = random.nextBoolean() ? 10 : 100;
        DomainMeter meter = new DomainMeter(Domains.board(0), clock, SECOND);
        long start = clock.nanoTime() - random.nextLong(stepMillis * MILLI);
        long end = clock.nanoTime() + random.nextLong(2_500, 8_000) * MILLI;
        while (clock.nanoTime() < end) {
            meter.counter(clock.nanoTime(), stepped(start, stepMillis, nanos -> nanos / 1_000 * 400));
            clock.advance((random.nextInt(8) == 0 ? random.nextLong(20, 200) : readMillis) * MILLI);
        }

        double watts = meter.microwatts() / (double) WATT;
        assertThat(Math.abs(watts - 400) / watts).as("%.1f W", watts).isLessThanOrEqualTo(meter.powerError() + 1e-3);
        assertThat(meter.powerError()).isLessThanOrEqualTo(0.051);
    }

    @Property(tries = 200)
    void thePeakIsNeverAboveTheTruthAndTheAverageNeverAboveThePeak(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean board = random.nextBoolean();
        EnergyDomain domain = board ? Domains.board(0) : Domains.processor(0);
        // Of a processor steps must be short, or so long that readings miss them.
        long stepMillis = board || random.nextBoolean() ? random.nextLong(board ? 1 : 80, 101) : random.nextLong(1, 6);
        DomainMeter meter = new DomainMeter(domain, clock, SECOND);
        long start = clock.nanoTime();
        long end = start + random.nextLong(SECOND, 60 * SECOND);
        long swing = random.nextLong(4, 20) * SECOND;
        while (clock.nanoTime() < end) {
            meter.counter(clock.nanoTime(), stepped(start, stepMillis, nanos -> swinging(nanos, swing)));
            assertThat(meter.averageMicrowatts()).isLessThanOrEqualTo(meter.peakMicrowatts());
            clock.advance(20 * MILLI + random.nextLong(80 * MILLI));
        }

        // A run shorter than two steps of the counter may start or end with one.
        long edge = 100 * MILLI * 640 * WATT / (clock.nanoTime() - start);
        assertThat(meter.peakMicrowatts()).isLessThanOrEqualTo(640 * WATT * 101 / 100 + edge);
    }

    @ParameterizedTest
    @CsvSource({"100", "99", "101", "20", "33"})
    void thePeakOfABoardThatSwingsIsThatOfItsHighTimes(long stepMillis) {
        SplittableRandom random = new SplittableRandom(stepMillis);
        DomainMeter meter = new DomainMeter(Domains.board(0), clock, SECOND);
        for (long next = start; next < start + 1_800 * SECOND; next += 100 * MILLI) {
            clock.advance(Math.max(0, next - clock.nanoTime()));
            if (random.nextInt(50) == 0) {
                clock.advance(random.nextLong(60 * MILLI));
            }
            meter.counter(clock.nanoTime(), stepped(start, stepMillis, nanos -> swinging(nanos, 10 * SECOND)));
        }

        assertThat(meter.peakMicrowatts()).isBetween(620 * WATT, 640 * WATT);
    }

    @ParameterizedTest
    @CsvSource({"150", "400", "2000", "3000", "4000", "60000"})
    void theAverageIsNotAboveThePeakHoweverShortTheRun(long runMillis) {
        for (long phase = 0; phase < 100; phase += 7) {
            DomainMeter meter = new DomainMeter(Domains.board(0), clock, SECOND);
            long start = clock.nanoTime() - phase * MILLI;
            for (long millis = 0; millis <= runMillis; millis += 100) {
                meter.counter(clock.nanoTime(), stepped(start, 100, nanos -> nanos / 1_000 * 300));
                clock.advance(100 * MILLI + (millis * phase) % 3 * MILLI);
            }

            assertThat(meter.peakMicrowatts()).isGreaterThanOrEqualTo(meter.averageMicrowatts());
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 10", "500, 100", "1000, 100", "5000, 100"})
    void theResolutionIsTheTimeBetweenTwoSteps(long stepMillis, long readMillis) {
        DomainMeter meter = new DomainMeter(Domains.processor(0), clock, SECOND);
        for (long millis = 0; millis < 20 * stepMillis; millis += readMillis) {
            meter.counter(clock.nanoTime(), stepped(start, stepMillis, nanos -> nanos / 1_000 * 50));
            clock.advance(readMillis * MILLI);
        }

        assertThat(meter.resolutionNanos()).isBetween(stepMillis * MILLI * 9 / 10, stepMillis * MILLI * 11 / 10);
        assertThat(meter.microwatts()).isBetween(48 * WATT, 52 * WATT);
    }

    private long stepped(long start, long stepMillis, LongUnaryOperator microjoulesAfterNanos) {
        long step = stepMillis * MILLI;
        return 1_000_000_000L + microjoulesAfterNanos.applyAsLong((clock.nanoTime() - start) / step * step);
    }

    /** 640 W for half of the period and 110 W for the other half. */
    private static long swinging(long nanos, long period) {
        long whole = nanos / period;
        long part = nanos % period;
        long high = whole * (period / 2) + Math.min(part, period / 2);
        return (high * 640 + (nanos - high) * 110) / 1_000;
    }
}
