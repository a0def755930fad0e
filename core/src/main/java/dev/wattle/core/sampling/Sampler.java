/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.time.SamplingClock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the sampling thread does: it reads the probes that cannot block, updates the JVM's share once a second, and
 * {@linkplain Chores looks after} the sources that can, none of which it ever calls.
 */
final class Sampler implements Runnable {

    static final long RUNNING = Long.MIN_VALUE;

    /** How long a thread waits that could not go on for want of memory. */
    static final long FULL_HEAP_NANOS = 20_000_000;

    private final ReadingLoop loop;
    private final Optional<ProcessShare> share;
    private final SamplingClock clock;
    private final Consumer<String> log;
    private final Chores chores;
    private final AtomicLong endNanos = new AtomicLong(RUNNING);

    private volatile boolean stopped;
    private boolean shareFailed;

    /** What is done between readings. */
    interface Chores {

        /** Nothing is. */
        Chores NONE = new Chores() {
            @Override
            public long due(long nowNanos) {
                return nowNanos + 60_000_000_000L;
            }

            @Override
            public void run(long nowNanos) {}

            @Override
            public void last() {}
        };

        /** When they are to be done next. */
        long due(long nowNanos);

        /** Does them. */
        void run(long nowNanos);

        /** Does what must come before the last reading. */
        void last();
    }

    Sampler(
            List<ProbeReader> readers,
            Optional<ProcessShare> share,
            SamplingClock clock,
            long periodNanos,
            Consumer<String> log) {
        this(readers, share, clock, periodNanos, log, Chores.NONE);
    }

    Sampler(
            List<ProbeReader> readers,
            Optional<ProcessShare> share,
            SamplingClock clock,
            long periodNanos,
            Consumer<String> log,
            Chores chores) {
        this.loop = new ReadingLoop(clock, periodNanos, "sampling", log);
        readers.forEach(loop::add);
        this.share = share;
        this.clock = clock;
        this.log = log;
        this.chores = chores;
    }

    @Override
    public void run() {
        try (ThreadCpu cpu = ThreadCpu.ofCurrentThread()) {
            LongSupplier cpuNanos = cpu::nanos;
            tick(cpuNanos);
            while (!stopped) {
                turn(cpuNanos);
            }
            lastTick();
        } catch (Throwable e) {
            log.accept("metering has ended early: " + e);
        } finally {
            endNanos.set(clock.nanoTime());
            loop.close();
        }
    }

    private void turn(LongSupplier cpuNanos) {
        try {
            waitUntil(loop.next());
            if (!stopped) {
                tick(cpuNanos);
            }
        } catch (OutOfMemoryError full) {
            // A training job may use up the heap and get over it; readings need none of it, but what is said of them
            // does.
            clock.parkUntil(clock.nanoTime() + FULL_HEAP_NANOS);
        }
    }

    /** Reads a further probe from the next instant on; closes it and says no where the last reading has been taken. */
    boolean add(ProbeReader reader) {
        return loop.add(reader);
    }

    void stop() {
        stopped = true;
    }

    void tick(LongSupplier cpuNanos) {
        if (loop.tick(cpuNanos)) {
            updateShare();
        }
    }

    private void lastTick() {
        chores.last();
        loop.lastTick();
        updateShare();
    }

    private void waitUntil(long nanos) {
        while (!stopped && !loop.hasUnread() && clock.nanoTime() - nanos < 0) {
            long now = clock.nanoTime();
            long due = chores.due(now);
            if (due - now <= 0) {
                chores.run(now);
                continue;
            }
            clock.parkUntil(nanos - due < 0 ? nanos : due);
            // A thread that stays interrupted does not park. Whoever interrupts all threads he finds means others.
            Thread.interrupted();
        }
    }

    long ticks() {
        return loop.ticks();
    }

    long missedTicks() {
        return loop.missedTicks();
    }

    long periodNanos() {
        return loop.periodNanos();
    }

    long endNanos() {
        return endNanos.get();
    }

    private void updateShare() {
        if (share.isEmpty()) {
            return;
        }
        try {
            share.get().update();
        } catch (Throwable e) {
            if (!shareFailed) {
                shareFailed = true;
                log.accept("this JVM's share of the processors is not known: " + e);
            }
        }
    }
}
