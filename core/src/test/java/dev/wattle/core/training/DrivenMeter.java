/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.sampling.SamplingClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/**
 * The real meter over counters that are known functions of time, on virtual time: where the meter would wait, time moves
 * on instead.
 */
public final class DrivenMeter implements SamplingClock, AutoCloseable {
    static final long PERIOD_NANOS = 100_000_000L;
    private static final long WALL_MILLIS = 1_795_305_600_000L;

    private final EnergyMeter meter;
    private final Semaphore arrived = new Semaphore(0);
    private volatile long nanos;
    private volatile long limitNanos;

    /** @param counters microjoules of one package each, at an instant in nanoseconds */
    public DrivenMeter(LongUnaryOperator... counters) {
        this.meter = EnergyMeter.start(
                List.of(new Counters(counters)), PERIOD_NANOS, Optional.empty(), new MeterThreads(), this, line -> {});
    }

    public EnergyMeter meter() {
        return meter;
    }

    /** Lets time run to an instant. */
    public DrivenMeter runTo(long instantNanos) {
        limitNanos = instantNanos;
        arrived.drainPermits();
        arrived.acquireUninterruptibly();
        return this;
    }

    /** Takes the last reading, where time stands. */
    @Override
    public void close() {
        meter.close();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long wallMillis() {
        return WALL_MILLIS + nanos / 1_000_000;
    }

    @Override
    public void parkUntil(long instant) {
        if (instant <= limitNanos) {
            nanos = Math.max(nanos, instant);
        } else {
            nanos = Math.max(nanos, limitNanos);
            arrived.release();
            LockSupport.parkNanos(100_000);
        }
    }

    private static final class Counters implements EnergyProbe {
        private final LongUnaryOperator[] counters;
        private final List<EnergyDomain> domains = new ArrayList<>();

        Counters(LongUnaryOperator[] counters) {
            this.counters = counters;
            for (int i = 0; i < counters.length; i++) {
                domains.add(new EnergyDomain(
                        Component.CPU,
                        "package-" + i,
                        "a processor",
                        "",
                        Quality.COUNTER,
                        Scope.MACHINE,
                        "a function",
                        new Sensor.Counter(0)));
            }
        }

        @Override
        public String name() {
            return "driven";
        }

        @Override
        public List<EnergyDomain> domains() {
            return domains;
        }

        @Override
        public void read(Readings into) {
            for (int i = 0; i < counters.length; i++) {
                if (into.wants(i)) {
                    long now = into.nanoTime();
                    into.counter(i, now, now, counters[i].applyAsLong(now));
                }
            }
        }

        @Override
        public void close() {}
    }
}
