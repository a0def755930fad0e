/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import dev.wattle.core.sampling.MeterThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs what the JDK's client cannot run on its selector's thread, and that interrupts a caller whose deadline
 * has passed: the JDK's own deadline ends with the headers of an answer. Thread-safe; the thread starts with the first use.
 */
final class TaskThread implements Executor {
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final MeterThreads threads;
    private final String name;

    private boolean started;
    private volatile boolean closed;
    private @Nullable Thread caller;
    private long deadlineNanos;

    TaskThread(MeterThreads threads, String name) {
        this.threads = threads;
        this.name = name;
    }

    @Override
    public void execute(Runnable task) {
        start();
        tasks.add(task);
    }

    /** Interrupts the current thread once the time has passed, unless {@link #endWatch} comes first. */
    void watch(long nanos) {
        synchronized (this) {
            caller = Thread.currentThread();
            deadlineNanos = System.nanoTime() + nanos;
        }
        // Wakes the thread, which then waits no longer than to the deadline.
        execute(() -> {});
    }

    /** After this, the thread is not interrupted any more. */
    synchronized void endWatch() {
        caller = null;
    }

    /** Ends the thread, and interrupts a caller that waits for an answer. */
    void close() {
        closed = true;
        interruptCaller();
        tasks.add(() -> {});
    }

    private synchronized void start() {
        if (!started && !closed) {
            threads.create(name, this::run).start();
            started = true;
        }
    }

    private void run() {
        while (!closed) {
            try {
                Runnable task = tasks.poll(nanosToWait(), TimeUnit.NANOSECONDS);
                if (task != null) {
                    task.run();
                } else if (nanosToWait() <= 0) {
                    interruptCaller();
                }
            } catch (InterruptedException meantForOthers) {
                // The loop continues until it is closed.
            } catch (Throwable taskFailed) {
                // The request of the task fails or reaches its deadline.
            }
        }
    }

    private synchronized long nanosToWait() {
        return caller == null ? Long.MAX_VALUE : deadlineNanos - System.nanoTime();
    }

    private synchronized void interruptCaller() {
        Thread waiting = caller;
        caller = null;
        if (waiting != null) {
            waiting.interrupt();
        }
    }
}
