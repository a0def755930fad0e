/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.domain.PowerHistory;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the run as immutable snapshots, which all exporters read. Its thread, {@code wattle-run}, updates the {@link
 * RunFigures} ten times a second. It publishes when a reader asks, and otherwise every {@value #IDLE_SECONDS} s.
 *
 * <p>Thread-safe. A reader waits up to a quarter of a second for a new snapshot and takes no lock that the writer holds.
 */
final class RunWriter {
    private static final long UPDATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Forecasts need the progress of trainings even where nobody reads snapshots. */
    private static final int IDLE_SECONDS = 10;

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
    private static final long READER_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long READER_STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long JOIN_MILLIS = 500;

    private final RunFigures figures;
    private final MeterThreads threads;
    private final Object finishing = new Object();

    private volatile boolean stopped;
    private volatile boolean requested;
    private volatile Published latest;
    private volatile @Nullable Thread thread;

    RunWriter(RunFigures figures, MeterThreads threads) {
        this.figures = figures;
        this.threads = threads;
        this.latest = snapshot();
    }

    /**
     * The run at one moment.
     *
     * @param at the moment
     * @param nanos the moment, on {@link System#nanoTime()}; no figure of the snapshot is older
     * @param power the power until now, which continues
     * @param ended whether the run has ended: these are its last figures
     */
    record Published(RunSnapshot run, Instant at, long nanos, PowerHistory power, boolean ended) {}

    /** Starts the thread. Where it cannot be started, epochs and phases stay unknown, and that is reported. */
    void start() {
        try {
            Thread created = threads.create("run", this::run);
            created.start();
            thread = created;
        } catch (Throwable t) {
            figures.stopAttributing(t);
        }
    }

    /** The run now; the latest published one where the writer does not answer within a quarter of a second. */
    Published now() {
        Published known = latest;
        Thread writer = thread;
        if (stopped) {
            return known;
        }
        if (writer == null || !writer.isAlive()) {
            return publish();
        }
        long asked = System.nanoTime();
        requested = true;
        LockSupport.unpark(writer);
        while (known.nanos() - asked < 0 && !stopped && System.nanoTime() - asked < READER_WAIT_NANOS) {
            LockSupport.parkNanos(this, READER_STEP_NANOS);
            // A thread that stays interrupted does not park, and an interrupt of all threads is meant for others.
            Thread.interrupted();
            known = latest;
        }
        return known;
    }

    /** The energies of the devices now, without the trainings: for totals that must not wait for the writer. */
    RunSnapshot devicesNow() {
        return figures.snapshotOf(TrainingsSnapshot.NONE);
    }

    /**
     * Ends the thread after the meter's last reading, processes what is left, and answers the program no more. Every caller
     * gets the same answer.
     *
     * @return the run as it ended
     */
    Published finish() {
        synchronized (finishing) {
            if (stopped) {
                return latest;
            }
            figures.stopCollecting();
            stopped = true;
            Thread writer = thread;
            if (writer != null) {
                LockSupport.unpark(writer);
                join(writer);
            }
            return finishFigures();
        }
    }

    private void run() {
        while (!stopped) {
            try {
                if (!requested && !figures.isUrgent()) {
                    LockSupport.parkNanos(this, UPDATE_NANOS);
                }
                Thread.interrupted();
                update();
                if (requested || System.nanoTime() - latest.nanos() >= IDLE_NANOS) {
                    requested = false;
                    publish();
                }
            } catch (Throwable noMemory) {
                // The heap is full, perhaps not for long. Readers get the latest snapshot, which has its time.
            }
        }
    }

    private synchronized void update() {
        figures.update();
    }

    private synchronized Published publish() {
        Published next = snapshot();
        latest = next;
        return next;
    }

    private synchronized Published finishFigures() {
        figures.finish();
        return publish();
    }

    private Published snapshot() {
        long nanos = System.nanoTime();
        Instant at = Instant.now();
        return new Published(figures.snapshot(), at, nanos, figures.power(), stopped);
    }

    private static void join(Thread writer) {
        try {
            writer.join(JOIN_MILLIS);
        } catch (InterruptedException meantForOthers) {
            // This wait is bounded anyway.
        }
    }
}
