/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.time.SamplingClock;
import dev.wattle.core.time.Schedule;
import dev.wattle.core.time.SuspendDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads some probes at the instants of a schedule; once a second it also has them note peaks and users; every ten it looks
 * at its own cost and halves its rate where that is too high.
 *
 * <p>The thread that reads runs it; readers are added by any thread, and any thread asks for its counts.
 */
final class ReadingLoop {

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long MAX_PERIOD_NANOS = 60 * SECOND_NANOS;

    private final SamplingClock clock;
    private final String subject;
    private final Consumer<String> log;
    private final Schedule schedule;
    private final OverheadLimiter budget;
    private final SuspendDetector suspends;
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLong missedTicks = new AtomicLong();
    private final AtomicLong periodNanos = new AtomicLong();

    private volatile List<ProbeReader> readers = List.of();
    private volatile boolean hasUnread;
    private boolean closed;
    private long secondNanos;

    /**
     * Starts with the first reading at once.
     *
     * @param periodNanos the time between two readings that is asked for
     * @param subject what reads, as the first words of a sentence
     */
    ReadingLoop(SamplingClock clock, long periodNanos, String subject, Consumer<String> log) {
        this.clock = clock;
        this.subject = subject;
        this.log = log;
        long now = clock.nanoTime();
        this.schedule = new Schedule(now, periodNanos, false, now);
        this.budget = new OverheadLimiter(now);
        this.suspends = new SuspendDetector(clock);
        this.secondNanos = now - SECOND_NANOS;
        this.periodNanos.set(periodNanos);
    }

    /** Reads a further probe from the next instant on; closes it and says no where the last reading has been taken. */
    synchronized boolean add(ProbeReader reader) {
        if (closed) {
            reader.close();
            return false;
        }
        List<ProbeReader> more = new ArrayList<>(readers);
        more.add(reader);
        readers = List.copyOf(more);
        hasUnread = true;
        if (needsJitter(reader)) {
            schedule.jitter();
        }
        schedule.period(shortestPeriodNanos());
        return true;
    }

    /** Closes all probes and takes no more. */
    synchronized void close() {
        closed = true;
        readers.forEach(ProbeReader::close);
    }

    List<ProbeReader> readers() {
        return readers;
    }

    /** Whether a reader was added since the last tick: its first reading should not wait for the next instant. */
    boolean hasUnread() {
        return hasUnread;
    }

    /** When to read next. */
    long next() {
        long next = schedule.next(clock.nanoTime());
        missedTicks.lazySet(schedule.missed());
        return next;
    }

    /** Reads every probe; whether a second has passed since that was last said. */
    boolean tick(LongSupplier cpuNanos) {
        detectSuspend();
        hasUnread = false;
        List<ProbeReader> read = readers;
        // By index: an iterator would be garbage in each tick until the loop is compiled, and ticks are rare.
        for (int probe = 0; probe < read.size(); probe++) {
            read.get(probe).sample();
        }
        ticks.lazySet(ticks.get() + 1);
        long now = clock.nanoTime();
        boolean second = now - secondNanos >= SECOND_NANOS;
        if (second) {
            secondNanos = now;
            everySecond(now);
        }
        if (budget.isDue(now) && budget.isExceeded(now, cpuNanos.getAsLong())) {
            slowDown();
        }
        return second;
    }

    /** Reads every domain once more, those that failed lately too. */
    void lastTick() {
        detectSuspend();
        List<ProbeReader> read = readers;
        for (ProbeReader reader : read) {
            reader.sampleLast();
        }
        everySecond(clock.nanoTime());
    }

    long ticks() {
        return ticks.get();
    }

    long missedTicks() {
        return missedTicks.get();
    }

    /** The time between two readings, but for those that a counter wants more often. */
    long periodNanos() {
        return periodNanos.get();
    }

    private void everySecond(long nowNanos) {
        List<ProbeReader> read = readers;
        for (int probe = 0; probe < read.size(); probe++) {
            read.get(probe).everySecond(nowNanos);
        }
    }

    private void detectSuspend() {
        if (suspends.hasSlept()) {
            for (ProbeReader reader : readers) {
                reader.meters().forEach(DomainMeter::suspended);
            }
        }
    }

    private static boolean needsJitter(ProbeReader reader) {
        return reader.meters().stream()
                .anyMatch(meter -> meter.domain().sensor() instanceof Sensor.Power power && power.instantaneous());
    }

    private long shortestPeriodNanos() {
        long shortest = periodNanos.get();
        for (ProbeReader reader : readers) {
            shortest = Math.min(shortest, reader.wantedPeriodNanos());
        }
        return shortest;
    }

    private synchronized void slowDown() {
        long slower = Math.min(2 * periodNanos.get(), MAX_PERIOD_NANOS);
        if (slower == periodNanos.get()) {
            return;
        }
        periodNanos.set(slower);
        for (ProbeReader reader : readers) {
            reader.period(slower);
        }
        schedule.period(shortestPeriodNanos());
        log.accept(subject + " took more than 1 % of a core; from here on every " + slower / 1_000_000 + " ms");
    }
}
