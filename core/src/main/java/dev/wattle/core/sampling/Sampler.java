/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

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

    private final List<ProbeReader> readers;
    private final Optional<ProcessShare> share;
    private final SamplingClock clock;
    private final Consumer<String> log;
    private final Schedule schedule;
    private final CostBudget budget;
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLong missedTicks = new AtomicLong();
    private final AtomicLong periodNanos = new AtomicLong();
    private final AtomicLong endNanos = new AtomicLong(RUNNING);

    private volatile boolean stopped;
    private long secondNanos;
    private long lastNanos;
    private long lastMillis;

    Sampler(
            List<ProbeReader> readers,
            Optional<ProcessShare> share,
            SamplingClock clock,
            long periodNanos,
            Consumer<String> log) {
        this.readers = readers;
        this.share = share;
        this.clock = clock;
        this.log = log;
        long now = clock.nanoTime();
        this.schedule = new Schedule(now, periodNanos, now);
        this.budget = new CostBudget(now);
        this.secondNanos = now;
        this.lastNanos = now;
        this.lastMillis = clock.wallMillis();
        this.periodNanos.set(periodNanos);
    }

    @Override
    public void run() {
        try (ThreadCpu cpu = ThreadCpu.ofCurrentThread()) {
            tick(cpu);
            while (!stopped) {
                long next = schedule.next(clock.nanoTime());
                missedTicks.lazySet(schedule.missed());
                while (!stopped && clock.nanoTime() - next < 0) {
                    clock.parkUntil(next);
                }
                if (!stopped) {
                    tick(cpu);
                }
            }
            lastTick();
        } finally {
            for (ProbeReader reader : readers) {
                reader.close();
            }
        }
    }

    void stop() {
        stopped = true;
    }

    void tick(ThreadCpu cpu) {
        detectSuspend();
        for (ProbeReader reader : readers) {
            reader.sample();
        }
        ticks.lazySet(ticks.get() + 1);
        long now = clock.nanoTime();
        if (now - secondNanos >= SECOND_NANOS) {
            secondNanos = now;
            everySecond();
        }
        if (budget.isDue(now) && budget.isExceeded(now, cpu.nanos())) {
            slowDown();
        }
    }

    private void lastTick() {
        for (ProbeReader reader : readers) {
            reader.sample();
        }
        share.ifPresent(ProcessShare::update);
        endNanos.set(clock.nanoTime());
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

    private void everySecond() {
        for (ProbeReader reader : readers) {
            List<DomainMeter> meters = reader.meters();
            for (int domain = 0; domain < meters.size(); domain++) {
                meters.get(domain).notePeak();
            }
        }
        if (share.isPresent()) {
            share.get().update();
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
