/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.Domains;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.time.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A board that reports a counter and a power, read as the meter reads it. */
class CounterFallbackTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long WATT = 1_000_000L;
    private static final long LAG = SECOND / 2;

    private final FakeClock clock = new FakeClock();
    private final long start = clock.nanoTime();
    private final List<String> log = new ArrayList<>();
    private final DomainRegistry registry = new DomainRegistry(log::add);
    private final List<DomainMeter> suspects = new ArrayList<>();
    private long tick = SECOND / 10;

    /** The counter in microjoules, and the power in microwatts, at a time since the start. */
    private LongUnaryOperator counter = nanos -> nanos / 1_000 * 300;

    private LongUnaryOperator power = nanos -> 300 * WATT;

    private @Nullable ProbeReader reader;

    @Test
    void aCounterThatAgreesStays() {
        meter(60);

        assertThat(registry.domains()).hasSize(1);
        assertThat(log).isEmpty();
        assertThat(suspects).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20", "100", "1000", "10000"})
    void thePowerTakesOverFromACounterThatNeverMovesAndNoEnergyIsLost(long millis) {
        tick = millis * 1_000_000;
        counter = nanos -> 77 * WATT;
        meter(60);

        assertThat(registry.domains()).hasSize(2);
        DomainMeter stuck = registry.domains().get(0);
        DomainMeter byPower = registry.domains().get(1);
        assertThat(stuck.isRetired()).isTrue();
        assertThat(stuck.microjoules()).isZero();
        assertThat(stuck.suspicion().orElseThrow().reason()).contains("stands still at a power of 300.0 W");
        assertThat(byPower.domain().quality()).isEqualTo(Quality.INTEGRATED);
        assertThat(byPower.domain().device()).isEqualTo("gpu-0");
        assertThat(byPower.microjoules()).isBetween(300 * WATT * 59 - 300 * tick / 1_000 * 2, 300 * WATT * 60);
        assertThat(byPower.averageMicrowatts()).isEqualTo(300 * WATT);
        assertThat(byPower.coverage().gaps()).isZero();
        assertThat(suspects).containsExactly(stuck);
        assertThat(log)
                .singleElement()
                .asString()
                .contains("gpu-0", "suspect", "stands still", "its power is integrated");
    }

    @Test
    void thePowerTakesOverWithinSeconds() {
        counter = nanos -> 77 * WATT;
        meter(4);

        assertThat(registry.domains()).hasSize(2);
        assertThat(registry.domains().get(1).microjoules()).isGreaterThan(300 * WATT * 3);
    }

    @Test
    void aRunOfTwoSecondsHasItsEnergyToo() {
        counter = nanos -> 77 * WATT;
        meter(2);
        Objects.requireNonNull(reader).sampleLast();

        assertThat(registry.domains()).hasSize(2);
        assertThat(registry.domains().get(1).microjoules()).isGreaterThan(300 * WATT * 14 / 10);
    }

    @Test
    void whatACounterCountedBeforeItStoodStillStaysAndTheRestIsThePowers() {
        counter = nanos -> Math.min(nanos, 20 * SECOND) / 1_000 * 300;
        meter(60);

        assertThat(registry.domains().get(0).microjoules()).isEqualTo(300 * WATT * 20);
        assertThat(total()).isCloseTo(300 * WATT * 60, within(300 * WATT));
    }

    @Test
    void aCounterThatMovesAgainStaysReplaced() {
        counter = nanos -> nanos < 30 * SECOND ? 0 : (nanos - 30 * SECOND) / 1_000 * 300;
        meter(60);

        assertThat(registry.domains()).hasSize(2);
        assertThat(registry.domains().get(0).microjoules()).isZero();
        assertThat(total()).isCloseTo(300 * WATT * 60, within(300 * WATT));
        assertThat(log).hasSize(1);
    }

    @Test
    void aCounterThatIsAThousandTimesTooSlowIsReplacedAndWhatItCountedIsNotCountedTwice() {
        counter = nanos -> nanos / 1_000_000 * 300;
        meter(60);

        assertThat(registry.domains()).hasSize(2);
        assertThat(registry.domains().get(0).suspicion().orElseThrow().reason())
                .contains("shows 0.300 W at a power of 300.0 W");
        assertThat(total()).isCloseTo(300 * WATT * 60, within(300 * WATT));
    }

    @Test
    void aCounterThatIsAThousandTimesTooFastIsReplacedAndNoneOfItsEnergyIsBelieved() {
        counter = nanos -> nanos * 300;
        meter(60);

        assertThat(registry.domains()).hasSize(2);
        assertThat(registry.domains().get(0).microjoules()).isZero();
        assertThat(registry.domains().get(0).suspicion().orElseThrow().reason()).contains("more than 2100 W");
        assertThat(total()).isCloseTo(300 * WATT * 60, within(300 * WATT));
    }

    @Test
    void aPowerOfZeroDecidesNothing() {
        power = nanos -> 0;
        meter(60);

        assertThat(registry.domains()).hasSize(1);
        assertThat(registry.domains().get(0).microjoules()).isCloseTo(300 * WATT * 60, within(30 * WATT));
    }

    @Test
    void aBoardAtRestWhoseTwoFiguresDifferKeepsItsCounter() {
        counter = nanos -> nanos / 1_000 * 9;
        power = nanos -> 16 * WATT;
        meter(60);

        assertThat(registry.domains()).hasSize(1);
    }

    @Property(tries = 60)
    void aTrailingMeanOfASecondRaisesNoDoubtHoweverTheLoadChanges(@ForAll long seed) {
        CounterFallbackTest board = new CounterFallbackTest();
        SplittableRandom random = new SplittableRandom(seed);
        long idle = random.nextLong(3, 60);
        long high = random.nextLong(200, 700);
        long period = random.nextLong(SECOND / 5, 40 * SECOND);
        LongUnaryOperator energy = nanos -> {
            long whole = nanos / period;
            long highNanos = whole * (period / 2) + Math.min(nanos % period, period / 2);
            return (highNanos * high + (nanos - highNanos) * idle) / 1_000;
        };
        long step = random.nextLong(20, 101) * 1_000_000;
        board.counter = nanos -> energy.applyAsLong(nanos / step * step);
        board.power = nanos -> energy.applyAsLong(nanos) - energy.applyAsLong(Math.max(0, nanos - SECOND));
        board.meter(120);

        assertThat(board.registry.domains())
                .as("idle %d W, high %d W, period %d ns", idle, high, period)
                .hasSize(1);
    }

    private long total() {
        return registry.domains().stream().mapToLong(DomainMeter::microjoules).sum();
    }

    private void meter(int seconds) {
        ProbeReader made = new ProbeReader(new Board(), clock, tick, log::add);
        reader = made;
        registry.join(made);
        registry.whenSuspect(suspects::add);
        while (clock.nanoTime() - start <= seconds * SECOND) {
            made.sample();
            clock.advance(tick);
        }
    }

    /** Its power is seen when it is half a second old. */
    private final class Board implements EnergyProbe {
        @Override
        public String name() {
            return "nvml";
        }

        @Override
        public List<EnergyDomain> domains() {
            EnergyDomain plain = Domains.board(0);
            return List.of(new EnergyDomain(
                    plain.component(),
                    plain.device(),
                    plain.name(),
                    plain.uuid(),
                    Quality.COUNTER,
                    Scope.MACHINE,
                    plain.source(),
                    new Sensor.Counter(0, Optional.of(new Sensor.Power(LAG)), 700 * WATT)));
        }

        @Override
        public void read(Readings into) {
            if (into.wants(0)) {
                long now = into.nanoTime();
                into.counter(0, now, now, 1_000_000_000L + counter.applyAsLong(now - start));
                into.check(0, now, now, power.applyAsLong(now - start));
            }
        }

        @Override
        public void close() {}
    }
}
