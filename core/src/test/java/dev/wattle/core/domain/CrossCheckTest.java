/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.time.FakeClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A board whose counter and power are fed from one known power, or from two. */
class CrossCheckTest {

    private static final long TICK = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long LAG = SECOND / 2;

    private final FakeClock clock = new FakeClock();
    private final DomainMeter meter = new DomainMeter(board(), clock, SECOND);
    private final CrossCheck check = meter.crossCheck().orElseThrow();
    private long counter = 77_000_000;

    @Test
    void isUnknownBeforeHalfAMinute() {
        run(29, 300, 300);

        assertThat(check.ratio()).isNaN();
        assertThat(check.disagrees()).isFalse();
    }

    @Test
    void isOneWhereTheTwoAgree() {
        run(61, 300, 300);

        assertThat(check.ratio()).isCloseTo(1, within(0.001));
        assertThat(check.comparedNanos()).isBetween(58 * SECOND, 61 * SECOND);
        assertThat(check.disagrees()).isFalse();
    }

    @Test
    void publishesTheRatioOfTheTwo() {
        run(60, 187, 327);

        assertThat(check.ratio()).isCloseTo(187.0 / 327, within(0.001));
        assertThat(check.disagrees()).isTrue();
    }

    @Test
    void comparesTheSameTimeWhateverTheSensorsLag() {
        run(40, 100, 100);
        counterOnly(5, 900);
        ticks(LAG / TICK, 100, 900);
        run(40, 100, 100);

        assertThat(check.ratio()).as("the time without power is no difference").isCloseTo(1, within(0.01));
    }

    @Test
    void aCounterThatRestartedIsNoDifference() {
        run(40, 200, 200);
        meter.lost(clock.nanoTime(), "reset");
        counter = 5;
        run(40, 200, 200);

        assertThat(check.ratio()).isCloseTo(1, within(0.001));
        assertThat(check.comparedNanos()).isBetween(70 * SECOND, 80 * SECOND);
    }

    @Test
    void isUnknownWhereTheCounterRisesAtAPowerOfZero() {
        run(61, 300, 0);

        assertThat(check.ratio()).isNaN();
        assertThat(check.disagrees()).isFalse();
    }

    private void run(int seconds, long counterWatts, long powerWatts) {
        ticks(seconds * SECOND / TICK, counterWatts, powerWatts);
    }

    private void ticks(long ticks, long counterWatts, long powerWatts) {
        for (long tick = 0; tick < ticks; tick++) {
            clock.advance(TICK);
            counter += counterWatts * TICK / 1_000;
            meter.counter(clock.nanoTime(), counter);
            meter.check(clock.nanoTime(), powerWatts * 1_000_000);
        }
    }

    private void counterOnly(int seconds, long watts) {
        for (long tick = 0; tick < seconds * SECOND / TICK; tick++) {
            clock.advance(TICK);
            counter += watts * TICK / 1_000;
            meter.counter(clock.nanoTime(), counter);
        }
    }

    private static EnergyDomain board() {
        EnergyDomain plain = Domains.board(0);
        return new EnergyDomain(
                plain.component(),
                plain.device(),
                plain.name(),
                plain.uuid(),
                Quality.COUNTER,
                Scope.MACHINE,
                plain.source(),
                new Sensor.Counter(0, Optional.of(new Sensor.Power(LAG))));
    }
}
