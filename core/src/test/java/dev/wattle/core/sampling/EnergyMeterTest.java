/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.Domains;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.time.SamplingClock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The whole meter on its real thread and the real clock. */
class EnergyMeterTest {

    private static final long MILLI = 1_000_000L;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final MeterThreads threads = new MeterThreads();

    @Test
    void metersWhatItsProbesRead() {
        CountingProbe probe = new CountingProbe();
        try (EnergyMeter meter = start(probe, SamplingClock.system())) {
            DomainMeter domain = meter.domains().get(0);
            await(() -> domain.microjoules() >= 5_000);

            assertThat(meter.ticks()).isGreaterThanOrEqualTo(5);
            assertThat(meter.periodNanos()).isEqualTo(MILLI);
            assertThat(meter.probeErrors()).singleElement().satisfies(errors -> {
                assertThat(errors.probe()).isEqualTo("counting");
                assertThat(errors.errors().getAsLong()).isZero();
            });
        }
    }

    @Test
    void closeTakesALastReadingAndEndsTheThread() {
        CountingProbe probe = new CountingProbe();
        EnergyMeter meter = start(probe, SamplingClock.system());
        DomainMeter domain = meter.domains().get(0);
        await(domain::isKnown);
        meter.close();

        assertThat(probe.closed).isEqualTo(1);
        assertThat(probe.reader.isAlive()).isFalse();
        assertThat(domain.microjoules()).isEqualTo((probe.reads - 1) * 1_000);
        assertThat(meter.elapsedNanos()).isEqualTo(meter.elapsedNanos());
        assertThat(log).isEmpty();
    }

    @Test
    void closeTakesALastReadingEvenInTheMiddleOfALongPeriod() {
        CountingProbe probe = new CountingProbe();
        EnergyMeter meter = EnergyMeter.start(
                List.of(probe), 60_000 * MILLI, Optional.empty(), threads, SamplingClock.system(), log::add);
        await(() -> meter.ticks() == 1);
        meter.close();

        assertThat(probe.reads).isEqualTo(2);
        assertThat(meter.domains().get(0).microjoules()).isEqualTo(1_000);
    }

    @Test
    void mayBeClosedTwice() {
        CountingProbe probe = new CountingProbe();
        EnergyMeter meter = start(probe, SamplingClock.system());
        meter.close();
        meter.close();

        assertThat(probe.closed).isEqualTo(1);
    }

    @Test
    void readsOnADaemonThreadOfItsOwnAndCountsItsCost() {
        CountingProbe probe = new CountingProbe();
        EnergyMeter meter = start(probe, SamplingClock.system());
        await(() -> meter.ticks() > 3);
        meter.close();

        assertThat(probe.reader.getName()).isEqualTo("wattle-sampler");
        assertThat(probe.reader.isDaemon()).isTrue();
        assertThat(threads.cpuNanos()).isPositive();
    }

    @Test
    void withoutProbesItOnlyKeepsTime() {
        EnergyMeter meter =
                EnergyMeter.start(List.of(), MILLI, Optional.empty(), threads, SamplingClock.system(), log::add);
        await(() -> meter.ticks() > 3);
        meter.close();

        assertThat(meter.domains()).isEmpty();
        assertThat(meter.elapsedNanos()).isPositive();
    }

    private EnergyMeter start(EnergyProbe probe, SamplingClock clock) {
        return EnergyMeter.start(List.of(probe), MILLI, Optional.empty(), threads, clock, log::add);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000 * MILLI;
        while (!condition.getAsBoolean()) {
            assertThat(deadline - System.nanoTime()).as("time left").isPositive();
            LockSupport.parkNanos(MILLI);
        }
    }

    /** Gains a millijoule a reading. */
    private static final class CountingProbe implements EnergyProbe {
        volatile Thread reader = Thread.currentThread();
        volatile long reads;
        volatile int closed;

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public List<EnergyDomain> domains() {
            return List.of(Domains.board(0));
        }

        @Override
        public void read(Readings into) {
            reader = Thread.currentThread();
            long now = into.nanoTime();
            into.counter(0, now, now, reads * 1_000);
            reads = reads + 1;
        }

        @Override
        public void close() {
            closed = closed + 1;
        }
    }
}
