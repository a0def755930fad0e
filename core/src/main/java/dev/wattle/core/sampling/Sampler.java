/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.time.SamplingClock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The work of the sampling thread: it reads the probes that cannot block, updates this JVM's share once a second, and runs an
 * {@linkplain IdleTask idle task} between the readings. It never calls a source that may block.
 */
final class Sampler implements Runnable {

    /** The value of {@link #endNanos()} while the sampler runs. */
    static final long RUNNING = Long.MIN_VALUE;

    /** How long a thread waits that could not continue for lack of memory. */
    static final long FULL_HEAP_NANOS = 20_000_000;

    private final ReadingLoop loop;
    private final Optional<ProcessShare> share;
    private final SamplingClock clock;
    private final Consumer<String> log;
    private final IdleTask idleTask;
    private final AtomicLong endNanos = new AtomicLong(RUNNING);

    private volatile boolean stopped;
    private boolean shareFailed;

    /** What the sampling thread does between readings. */
    interface IdleTask {

        /** Does nothing. */
        IdleTask NONE = new IdleTask() {
            @Override
            public long dueNanos(long nowNanos) {
                return nowNanos + 60_000_000_000L;
            }

            @Override
            public void run(long nowNanos) {}

            @Override
            public void finish() {}
        };

        /** When the task is to run next. */
        long dueNanos(long nowNanos);

        void run(long nowNanos);

        /** Runs before the last reading. */
        void finish();
    }

    Sampler(
            List<ProbeReader> readers,
            Optional<ProcessShare> share,
            SamplingClock clock,
            long periodNanos,
            Consumer<String> log) {
        this(readers, share, clock, periodNanos, log, IdleTask.NONE);
    }

    Sampler(
            List<ProbeReader> readers,
            Optional<ProcessShare> share,
            SamplingClock clock,
            long periodNanos,
            Consumer<String> log,
            IdleTask idleTask) {
        this.loop = new ReadingLoop(clock, periodNanos, "sampling", log);
        readers.forEach(loop::add);
        this.share = share;
        this.clock = clock;
        this.log = log;
        this.idleTask = idleTask;
    }

    @Override
    public void run() {
        try (ThreadCpu cpu = ThreadCpu.ofCurrentThread()) {
            LongSupplier cpuNanos = cpu::nanos;
            tick(cpuNanos);
            while (!stopped) {
                waitAndTick(cpuNanos);
            }
            lastTick();
        } catch (Throwable e) {
            log.accept("metering has ended early: " + e);
        } finally {
            endNanos.set(clock.nanoTime());
            loop.close();
        }
    }

    /** Asks for the last reading; for any thread. */
    void stop() {
        stopped = true;
    }

    /**
     * Reads a further probe from the next instant on; for any thread.
     *
     * @return false if the last reading has been taken; the reader is closed then
     */
    boolean add(ProbeReader reader) {
        return loop.add(reader);
    }

    void tick(LongSupplier cpuNanos) {
        if (loop.tick(cpuNanos)) {
            updateShare();
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

    /** When the last reading had been taken, or {@link #RUNNING}. */
    long endNanos() {
        return endNanos.get();
    }

    private void waitAndTick(LongSupplier cpuNanos) {
        try {
            waitUntil(loop.next());
            if (!stopped) {
                tick(cpuNanos);
            }
        } catch (OutOfMemoryError full) {
            // A training job may fill the heap and recover. Readings need no heap, but messages about them do.
            clock.parkUntil(clock.nanoTime() + FULL_HEAP_NANOS);
        }
    }

    private void lastTick() {
        idleTask.finish();
        loop.lastTick();
        updateShare();
    }

    private void waitUntil(long nanos) {
        while (!stopped && !loop.hasUnread() && clock.nanoTime() - nanos < 0) {
            long now = clock.nanoTime();
            long due = idleTask.dueNanos(now);
            if (due - now <= 0) {
                idleTask.run(now);
                continue;
            }
            clock.parkUntil(nanos - due < 0 ? nanos : due);
            // An interrupted thread does not park. An interrupt from the host is not meant for this thread.
            Thread.interrupted();
        }
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
