/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.Domains;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.time.FakeClock;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** The sampling thread's work, done on the test's thread in the time of a fake clock. */
class SamplerTest {

    private static final long TICK = 100_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long WATT = 1_000_000L;

    private final FakeClock clock = new FakeClock();
    private final List<String> log = new ArrayList<>();
    private final ScriptedProbe probe = probe(Domains.processor(0));
    private final ProbeReader reader = new ProbeReader(probe, clock, TICK, log::add);
    private final DomainMeter meter = reader.meters().get(0);

    @Test
    void readsAtEachInstantOfTheGridAndOnceMoreAtTheEnd() {
        long start = clock.nanoTime();
        Sampler sampler = sampler(clock, Optional.empty());
        runFor(sampler, 100, () -> probe.values[0] += 30 * WATT);

        assertThat(sampler.ticks()).isEqualTo(100);
        assertThat(probe.reads).isEqualTo(101);
        assertThat(sampler.missedTicks()).isZero();
        assertThat(sampler.endNanos() - start).isBetween(99 * TICK, 99 * TICK + 2 * probe.callNanos);
        assertThat(meter.microjoules()).isEqualTo(100 * 30 * WATT);
        assertThat(probe.closed).isEqualTo(1);
    }

    @Test
    void readsAtUnevenTimesWhereASensorShowsTheMoment() {
        EnergyDomain averaging = Domains.powerBoard(0, TICK / 2);
        EnergyDomain momentary = new EnergyDomain(
                averaging.component(),
                averaging.device(),
                averaging.name(),
                averaging.uuid(),
                averaging.quality(),
                averaging.scope(),
                averaging.source(),
                new Sensor.Power(0, true));

        assertThat(longestDeparture(averaging)).isLessThan(TICK / 100);
        assertThat(longestDeparture(momentary)).isBetween(TICK / 8, TICK / 2);
    }

    private static long longestDeparture(EnergyDomain domain) {
        FakeClock own = new FakeClock();
        ScriptedProbe board = new ScriptedProbe(own, domain);
        ProbeReader only = new ProbeReader(board, own, TICK, line -> {});
        Sampler sampler = new Sampler(List.of(only), Optional.empty(), own, TICK, line -> {});
        long start = own.nanoTime();
        List<Long> departures = new ArrayList<>();
        board.onRead = () -> {
            departures.add(Math.abs(own.nanoTime() - start - departures.size() * TICK));
            if (departures.size() == 100) {
                sampler.stop();
            }
        };
        sampler.run();
        return Collections.max(departures.subList(0, 100));
    }

    @Test
    void skipsAndCountsWhatASlowReadingMakesItMiss() {
        Sampler sampler = sampler(clock, Optional.empty());
        runFor(sampler, 20, () -> {
            if (probe.reads == 10) {
                clock.advance(5 * TICK);
            }
        });

        assertThat(sampler.ticks()).isEqualTo(20);
        assertThat(sampler.missedTicks()).isBetween(4L, 5L);
    }

    @Test
    void aCounterThatIsLowerAfterASleepWasReset() {
        probe.values[0] = 200_000 * WATT;
        Sampler sampler = sampler(clock, Optional.empty());
        runFor(sampler, 20, () -> {
            probe.values[0] += WATT;
            if (probe.reads == 10) {
                clock.sleepMillis(3_600_000);
                probe.values[0] = WATT;
            }
        });

        assertThat(meter.microjoules()).isBetween(15 * WATT, 20 * WATT);
        assertThat(meter.coverage().gaps()).isEqualTo(1);
    }

    @Test
    void aWallClockThatIsSetBackIsNoSleep() {
        Sampler sampler = sampler(clock, Optional.empty());
        runFor(sampler, 20, () -> {
            if (probe.reads == 10) {
                clock.sleepMillis(-3_600_000);
            }
        });

        assertThat(meter.coverage().gaps()).isZero();
    }

    @Test
    void notesThePeakOfEverySecond() {
        Sampler sampler = sampler(clock, Optional.empty());
        runFor(sampler, 60, () -> probe.values[0] += (probe.reads / 20 == 1 ? 50 : 10) * WATT);

        assertThat(meter.peakMicrowatts()).isBetween(440 * WATT, 580 * WATT);
        assertThat(meter.microwatts()).isBetween(80 * WATT, 125 * WATT);
    }

    @Test
    void theLastReadingOfACounterThatStandsStillAnswersWindowsUntilTheEnd() {
        Sampler sampler = sampler(clock, Optional.empty());
        runFor(sampler, 24, () -> probe.values[0] = Math.min(probe.reads, 18) * WATT);

        assertThat(meter.timeline().microjoulesAt(sampler.endNanos() - probe.callNanos))
                .isEqualTo(17 * WATT);
    }

    @Test
    void theLastReadingTriesADomainThatIsInBackOff() {
        Sampler sampler = sampler(clock, Optional.empty());
        runFor(sampler, 30, () -> {
            probe.values[0] += WATT;
            probe.broken[0] = probe.reads >= 10 && probe.reads <= 30;
        });

        assertThat(meter.microjoules()).isEqualTo(30 * WATT);
    }

    @Test
    void sharesOutTheFirstSecondToo() {
        ProcessShareTest.Times times = new ProcessShareTest.Times();
        ProcessShare share = new ProcessShare(times, List.of(meter));
        Sampler sampler = sampler(clock, Optional.of(share));
        runFor(sampler, 5, () -> {
            probe.values[0] += 8 * WATT;
            times.process += TICK;
            times.machine += 8 * TICK;
        });

        assertThat(share.isKnown()).isTrue();
        assertThat(share.microjoules(0)).isEqualTo(5 * WATT);
    }

    @Test
    void processorTimesThatThrowDoNotEndMetering() {
        ProcessShareTest.Times times = new ProcessShareTest.Times() {
            @Override
            public boolean refresh() {
                throw new IllegalStateException("no /proc");
            }
        };
        Sampler sampler = sampler(clock, Optional.of(new ProcessShare(times, List.of(meter))));
        runFor(sampler, 50, () -> {});

        assertThat(sampler.ticks()).isEqualTo(50);
        assertThat(log).singleElement().asString().contains("no /proc");
    }

    @Test
    void anInterruptDoesNotTurnWaitingIntoSpinning() {
        List<Boolean> interruptedWhenItParks = new ArrayList<>();
        SamplingClock interrupting = new SamplingClock() {
            @Override
            public long nanoTime() {
                return clock.nanoTime();
            }

            @Override
            public long wallMillis() {
                return clock.wallMillis();
            }

            @Override
            public void parkUntil(long nanos) {
                interruptedWhenItParks.add(Thread.currentThread().isInterrupted());
                if (interruptedWhenItParks.size() == 1) {
                    Thread.currentThread().interrupt();
                } else {
                    clock.parkUntil(nanos);
                }
            }
        };
        try {
            runFor(sampler(interrupting, Optional.empty()), 3, () -> {});
        } finally {
            Thread.interrupted();
        }

        assertThat(interruptedWhenItParks).containsOnly(false);
    }

    @Test
    void whateverIsThrownEndsMeteringAndNothingElse() {
        Sampler sampler = new Sampler(
                List.of(reader),
                Optional.empty(),
                new SamplingClock() {
                    @Override
                    public long nanoTime() {
                        return clock.nanoTime();
                    }

                    @Override
                    public long wallMillis() {
                        return clock.wallMillis();
                    }

                    @Override
                    public void parkUntil(long nanos) {
                        throw new IllegalStateException("a clock that stopped");
                    }
                },
                TICK,
                log::add);
        sampler.run();

        assertThat(probe.closed).isEqualTo(1);
        assertThat(sampler.endNanos()).isEqualTo(clock.nanoTime());
        assertThat(log).singleElement().asString().contains("a clock that stopped");
    }

    @Test
    void halvesItsRateAndSaysSoWhereItCostsMoreThanOnePercentOfACore() {
        Sampler sampler = sampler(clock, Optional.empty());
        long cpu = 0;
        for (int tick = 0; tick < 350; tick++) {
            sampler.tick(supplying(cpu));
            clock.advance(TICK);
            cpu += tick < 250 ? 1_100_000 : 500_000;
        }

        assertThat(sampler.periodNanos()).isEqualTo(2 * TICK);
        assertThat(log)
                .singleElement()
                .asString()
                .contains("more than 1 % of a core")
                .contains("every 200 ms");
    }

    @Test
    void keepsItsRateWhereItCostsNoMore() {
        Sampler sampler = sampler(clock, Optional.empty());
        for (int tick = 0; tick < 1_000; tick++) {
            sampler.tick(supplying(tick * 990_000L));
            clock.advance(TICK);
        }

        assertThat(sampler.periodNanos()).isEqualTo(TICK);
        assertThat(log).isEmpty();
    }

    @Test
    void readsOnceAMinuteAtTheLeastWhateverItCosts() {
        Sampler sampler = sampler(clock, Optional.empty());
        for (int tick = 0; tick < 2_000; tick++) {
            sampler.tick(supplying(tick * 60 * SECOND));
            clock.advance(60 * SECOND);
        }

        assertThat(sampler.periodNanos()).isEqualTo(60 * SECOND);
        assertThat(log).hasSize(10).last().asString().contains("every 60000 ms");
    }

    private static LongSupplier supplying(long nanos) {
        return () -> nanos;
    }

    private ScriptedProbe probe(EnergyDomain domain) {
        return new ScriptedProbe(clock, domain);
    }

    private Sampler sampler(SamplingClock time, Optional<ProcessShare> share) {
        return new Sampler(List.of(reader), share, time, TICK, log::add);
    }

    private void runFor(Sampler sampler, int ticks, Runnable beforeEachReading) {
        probe.onRead = () -> {
            if (probe.reads == ticks) {
                sampler.stop();
            }
            beforeEachReading.run();
        };
        sampler.run();
    }
}
