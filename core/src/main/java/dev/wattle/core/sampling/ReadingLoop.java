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
 * Reads probes at the instants of a schedule. Once a second it updates the ownership of their devices; every ten seconds it
 * checks its own cost and halves its rate if that is too high.
 *
 * <p>For the thread that reads. Any thread may add readers and ask for the counts.
 */
final class ReadingLoop {

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long MAX_PERIOD_NANOS = 60 * SECOND_NANOS;

    private final SamplingClock clock;
    private final String subject;
    private final Consumer<String> log;
    private final Schedule schedule;
    private final OverheadLimiter overhead;
    private final SuspendDetector suspends;
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLong missedTicks = new AtomicLong();
    private final AtomicLong periodNanos = new AtomicLong();

    private volatile List<ProbeReader> readers = List.of();
    private volatile boolean hasUnread;
    private boolean closed;
    private long secondNanos;

    /**
     * A loop whose first reading is due at once.
     *
     * @param periodNanos the configured time between two readings
     * @param subject what reads, as the first words of a message
     */
    ReadingLoop(SamplingClock clock, long periodNanos, String subject, Consumer<String> log) {
        this.clock = clock;
        this.subject = subject;
        this.log = log;
        long now = clock.nanoTime();
        this.schedule = new Schedule(now, periodNanos, false, now);
        this.overhead = new OverheadLimiter(now);
        this.suspends = new SuspendDetector(clock);
        this.secondNanos = now - SECOND_NANOS;
        this.periodNanos.set(periodNanos);
    }

    /**
     * Reads a further probe from the next instant on; for any thread.
     *
     * @return false if the last reading has been taken; the reader is closed then
     */
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

    /** Closes all probes; no further ones are added. */
    synchronized void close() {
        closed = true;
        readers.forEach(ProbeReader::close);
    }

    /** Whether a reader was added since the last tick. Its first reading should not wait for the next instant. */
    boolean hasUnread() {
        return hasUnread;
    }

    /** The instant of the next reading. */
    long next() {
        long next = schedule.next(clock.nanoTime());
        missedTicks.lazySet(schedule.missed());
        return next;
    }

    /**
     * Reads every probe.
     *
     * @param cpuNanos the processor time of this thread
     * @return true once a second
     */
    boolean tick(LongSupplier cpuNanos) {
        detectSuspend();
        hasUnread = false;
        List<ProbeReader> read = readers;
        // By index: until the loop is compiled, an iterator would be garbage in each tick, and ticks are rare.
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
        if (overhead.isDue(now) && overhead.isExceeded(now, cpuNanos.getAsLong())) {
            slowDown();
        }
        return second;
    }

    /** Reads every domain a last time, also those that have failed. */
    void lastTick() {
        detectSuspend();
        for (ProbeReader reader : readers) {
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

    /** The time between two readings; a counter may be read more often. */
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
