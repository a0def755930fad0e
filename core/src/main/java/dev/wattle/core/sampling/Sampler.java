/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.probe.Sensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the sampling thread does: at each instant of the schedule it reads every probe; once a second it also notes peaks
 * and the JVM's share; every ten it looks at its own cost and halves its rate where that is too high.
 */
final class Sampler implements Runnable {

    static final long RUNNING = Long.MIN_VALUE;

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long MAX_PERIOD_NANOS = 60 * SECOND_NANOS;

    /** The clocks differ by less than this while the machine is awake; NTP slews by half a millisecond a second. */
    private static final long SUSPEND_MILLIS = 1_000;

    private volatile List<ProbeReader> readers;
    private boolean closed;
    private final Optional<ProcessShare> share;
    private final SamplingClock clock;
    private final Consumer<String> log;
    private final Schedule schedule;
    private final CostBudget budget;
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLong missedTicks = new AtomicLong();
    private final AtomicLong periodNanos = new AtomicLong();
    private final AtomicLong endNanos = new AtomicLong(RUNNING);

    private @Nullable Rehearsal rehearsal;
    private volatile boolean stopped;
    private boolean shareFailed;
    private long secondNanos;
    private long lastNanos;
    private long lastMillis;

    Sampler(
            List<ProbeReader> readers,
            Optional<ProcessShare> share,
            SamplingClock clock,
            long periodNanos,
            Consumer<String> log) {
        this.readers = List.copyOf(readers);
        this.share = share;
        this.clock = clock;
        this.log = log;
        long now = clock.nanoTime();
        this.schedule = new Schedule(now, periodNanos, needsJitter(readers), now);
        this.budget = new CostBudget(now);
        this.secondNanos = now - SECOND_NANOS;
        this.lastNanos = now;
        this.lastMillis = clock.wallMillis();
        this.periodNanos.set(periodNanos);
    }

    private static boolean needsJitter(List<ProbeReader> readers) {
        return readers.stream()
                .flatMap(reader -> reader.meters().stream())
                .anyMatch(meter -> meter.domain().sensor() instanceof Sensor.Power power && power.instantaneous());
    }

    @Override
    public void run() {
        try (ThreadCpu cpu = ThreadCpu.ofCurrentThread()) {
            LongSupplier cpuNanos = cpu::nanos;
            tick(cpuNanos);
            while (!stopped) {
                waitUntil(schedule.next(clock.nanoTime()));
                missedTicks.lazySet(schedule.missed());
                if (!stopped) {
                    tick(cpuNanos);
                    rehearse();
                }
            }
            lastTick();
        } catch (Throwable e) {
            log.accept("metering has ended early: " + e);
        } finally {
            endNanos.set(clock.nanoTime());
            if (rehearsal != null) {
                rehearsal.close();
            }
            closeReaders();
        }
    }

    /** Reads a further probe from the next instant on; closes it where the last reading has been taken. */
    synchronized boolean add(ProbeReader reader) {
        if (closed) {
            reader.close();
            return false;
        }
        List<ProbeReader> more = new ArrayList<>(readers);
        more.add(reader);
        readers = List.copyOf(more);
        return true;
    }

    private synchronized void closeReaders() {
        closed = true;
        readers.forEach(ProbeReader::close);
    }

    /** Has the path of a reading compiled while it runs; before the thread starts. */
    void rehearseWith(Rehearsal newRehearsal) {
        rehearsal = newRehearsal;
    }

    void stop() {
        stopped = true;
    }

    void tick(LongSupplier cpuNanos) {
        detectSuspend();
        // By index: an iterator would be garbage in each tick until the loop is compiled, and ticks are rare.
        List<ProbeReader> read = readers;
        for (int probe = 0; probe < read.size(); probe++) {
            read.get(probe).sample();
        }
        ticks.lazySet(ticks.get() + 1);
        long now = clock.nanoTime();
        if (now - secondNanos >= SECOND_NANOS) {
            secondNanos = now;
            everySecond(now);
        }
        if (budget.isDue(now) && budget.isExceeded(now, cpuNanos.getAsLong())) {
            slowDown();
        }
    }

    private void rehearse() {
        if (rehearsal != null && rehearsal.isDue()) {
            rehearsal.step();
        }
    }

    private void lastTick() {
        detectSuspend();
        for (ProbeReader reader : readers) {
            reader.sampleLast();
        }
        everySecond(clock.nanoTime());
    }

    private void waitUntil(long nanos) {
        while (!stopped && clock.nanoTime() - nanos < 0) {
            clock.parkUntil(nanos);
            // A thread that stays interrupted does not park. Whoever interrupts all threads he finds means others.
            Thread.interrupted();
        }
    }

    long ticks() {
        return ticks.get();
    }

    long missedTicks() {
        return missedTicks.get();
    }

    long periodNanos() {
        return periodNanos.get();
    }

    long endNanos() {
        return endNanos.get();
    }

    private void detectSuspend() {
        long nanos = clock.nanoTime();
        long millis = clock.wallMillis();
        long sleptMillis = (millis - lastMillis) - (nanos - lastNanos) / 1_000_000;
        lastNanos = nanos;
        lastMillis = millis;
        if (sleptMillis > SUSPEND_MILLIS) {
            for (ProbeReader reader : readers) {
                reader.meters().forEach(DomainMeter::suspended);
            }
        }
    }

    private void everySecond(long nowNanos) {
        List<ProbeReader> read = readers;
        for (int probe = 0; probe < read.size(); probe++) {
            read.get(probe).everySecond(nowNanos);
        }
        if (share.isPresent()) {
            updateShare(share.get());
        }
    }

    private void updateShare(ProcessShare processShare) {
        try {
            processShare.update();
        } catch (Throwable e) {
            if (!shareFailed) {
                shareFailed = true;
                log.accept("this JVM's share of the processors is not known: " + e);
            }
        }
    }

    private void slowDown() {
        long slower = Math.min(2 * schedule.periodNanos(), MAX_PERIOD_NANOS);
        if (slower == schedule.periodNanos()) {
            return;
        }
        schedule.slowTo(slower);
        periodNanos.set(slower);
        for (ProbeReader reader : readers) {
            reader.period(slower);
        }
        log.accept("sampling took more than 1 % of a core; from here on every " + slower / 1_000_000 + " ms");
    }
}
