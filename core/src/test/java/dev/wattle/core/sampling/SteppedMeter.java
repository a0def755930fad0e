/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.time.SamplingClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * A whole meter whose clock the test moves. The energies of its two counters are functions of time.
 *
 * <p>Its sampling thread is real and reads at each 100 ms that the time passes.
 */
public final class SteppedMeter implements SamplingClock, AutoCloseable {

    public static final long MILLI = 1_000_000L;
    public static final long PERIOD_NANOS = 100 * MILLI;

    private static final long START_NANOS = -5_000 * MILLI;
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    private final List<LongUnaryOperator> microjoules;
    private final EnergyMeter meter;
    private long nanos = START_NANOS;
    private long wakeNanos;
    private boolean parked;
    private boolean released;

    private SteppedMeter(List<LongUnaryOperator> microjoules) {
        this.microjoules = microjoules;
        this.meter = EnergyMeter.start(
                microjoules.isEmpty() ? List.of() : List.of(new Counters(microjoules, 0)),
                PERIOD_NANOS,
                Optional.empty(),
                new MeterThreads(),
                this,
                line -> {});
        awaitParked();
    }

    /** @param microjoules of each domain, by the nanoseconds since the meter was started */
    public static SteppedMeter of(LongUnaryOperator... microjoules) {
        return new SteppedMeter(List.of(microjoules));
    }

    /** A counter that answers late: it is read from the next reading on. */
    public void join(LongUnaryOperator counter) {
        meter.join(new Counters(List.of(counter), meter.domains().size()));
    }

    public static LongUnaryOperator watts(long watts) {
        return elapsed -> elapsed / 1_000 * watts;
    }

    public EnergyMeter meter() {
        return meter;
    }

    public EnergyDomain domain(int index) {
        return meter.domains().get(index).domain();
    }

    /** Lets time pass; every reading that is due in it has been taken when this returns. */
    public synchronized void advance(long elapsedNanos) {
        long target = nanos + elapsedNanos;
        while (wakeNanos - target <= 0 && !released) {
            nanos = wakeNanos;
            parked = false;
            notifyAll();
            awaitParked();
        }
        nanos = target;
    }

    /** Lets time pass until so long after the meter was started. */
    public void runTo(long elapsedNanos) {
        advance(Math.max(0, instant(elapsedNanos) - nanoTime()));
    }

    /** The instant so long after the meter was started. */
    public static long instant(long elapsedNanos) {
        return START_NANOS + elapsedNanos;
    }

    public void advanceMillis(long millis) {
        advance(millis * MILLI);
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized long wallMillis() {
        return wallTime().toEpochMilli();
    }

    @Override
    public synchronized Instant wallTime() {
        return START.plusNanos(nanos - START_NANOS);
    }

    @Override
    public synchronized void parkUntil(long instant) {
        if (!Thread.currentThread().getName().equals("wattle-sampler")) {
            advance(instant - nanos);
            return;
        }
        wakeNanos = instant;
        parked = true;
        notifyAll();
        while (parked && !released) {
            await();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            released = true;
            notifyAll();
        }
        meter.close();
    }

    private synchronized void awaitParked() {
        while (!parked && !released) {
            await();
        }
    }

    private synchronized void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Counters implements EnergyProbe {
        private final List<LongUnaryOperator> microjoules;
        private final List<EnergyDomain> domains = new ArrayList<>();

        Counters(List<LongUnaryOperator> microjoules, int first) {
            this.microjoules = microjoules;
            for (int i = first; i < first + microjoules.size(); i++) {
                domains.add(new EnergyDomain(
                        Component.CPU,
                        "package-" + i,
                        "Intel Xeon Platinum 8358",
                        "",
                        Quality.COUNTER,
                        Scope.MACHINE,
                        "/sys/class/powercap/intel-rapl:" + i,
                        new Sensor.Counter(0)));
            }
        }

        @Override
        public String name() {
            return "powercap";
        }

        @Override
        public List<EnergyDomain> domains() {
            return domains;
        }

        @Override
        public void read(Readings into) {
            long now = into.nanoTime();
            for (int i = 0; i < domains.size(); i++) {
                long value = microjoules.get(i).applyAsLong(now - START_NANOS);
                if (value < 0) {
                    into.failed(i);
                } else {
                    into.counter(i, now, now, value);
                }
            }
        }

        @Override
        public void close() {}
    }
}
