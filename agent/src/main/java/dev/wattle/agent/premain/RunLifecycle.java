/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The states of a run: starting, started, finished. A run ends with the JVM or, before that, by a detach. The first of
 * them to claim the end gets it. The other is refused; a JVM that ends during a detach waits for it, within the bounds of
 * {@link ExitHook}.
 *
 * <p>Thread-safe.
 */
final class RunLifecycle {
    private static final long JOIN_MILLIS = 2_000;

    private @Nullable LastReport report;
    private @Nullable DetachHandler detachHandler;
    private @Nullable Thread runThread;
    private @Nullable Closeable loader;
    private boolean jvmEnding;
    private boolean detaching;
    private boolean finished;

    /** Sets what reports the run when the JVM ends. */
    synchronized void setReport(LastReport newReport) {
        report = newReport;
        notifyAll();
    }

    /** What {@link #setReport} was given; null before, and after the run has finished. */
    synchronized @Nullable LastReport lastReport() {
        return report;
    }

    /** Marks the run as started: from now on a detach can end it. */
    synchronized void started(DetachHandler newHandler) {
        detachHandler = newHandler;
        notifyAll();
    }

    /** Sets what {@link #close} closes: the loader of the run's classes, once the run's thread has ended. */
    synchronized void setResources(Thread newThread, Closeable newLoader) {
        runThread = newThread;
        loader = newLoader;
    }

    /**
     * Waits for a run that is starting, which will know the energy since the JVM's start. Called when the JVM ends, before
     * {@link #claimForJvmEnd}. Returns at once if no run is starting.
     */
    synchronized void awaitRun(long maxMillis) throws InterruptedException {
        jvmEnding = true;
        notifyAll();
        long deadline = System.nanoTime() + maxMillis * 1_000_000;
        long millisLeft = maxMillis;
        while (report == null && !finished && millisLeft > 0) {
            wait(millisLeft);
            millisLeft = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    /** Whether the run has no report yet and has not finished. */
    synchronized boolean isStarting() {
        return report == null && !finished;
    }

    /** Whether the JVM's shutdown has started. */
    synchronized boolean isJvmEnding() {
        return jvmEnding;
    }

    /** What reports the run when the JVM ends; null if it has not started or has finished. Waits for a detach. */
    synchronized @Nullable LastReport claimForJvmEnd() throws InterruptedException {
        jvmEnding = true;
        notifyAll();
        while (detaching && !finished) {
            wait();
        }
        return finished ? null : report;
    }

    /** Whether the run has ended by a detach, or failed to start. */
    synchronized boolean isFinished() {
        return finished;
    }

    /**
     * Claims the end for a detach, which must then call {@link #finish}. Waits for a run that is starting.
     *
     * @throws Refusal if another detach or the JVM's end has claimed it, or the start takes longer than {@code maxMillis}
     */
    synchronized DetachHandler claimForDetach(long maxMillis) throws Refusal, InterruptedException {
        long deadline = System.nanoTime() + maxMillis * 1_000_000;
        while (true) {
            if (jvmEnding) {
                throw new Refusal("it is ending and prints the summary itself");
            }
            if (finished) {
                throw new Refusal("metering has ended already");
            }
            if (detaching) {
                throw new Refusal("another detach is in progress and gets the summary");
            }
            if (detachHandler != null) {
                detaching = true;
                return detachHandler;
            }
            long millisLeft = (deadline - System.nanoTime()) / 1_000_000;
            if (millisLeft <= 0) {
                throw new Refusal("metering is still starting; try again in a moment");
            }
            wait(millisLeft);
        }
    }

    /** Closes the loader of the run once its thread has ended. A thread that hangs keeps it open. */
    void close() throws InterruptedException, IOException {
        Thread thread;
        Closeable closing;
        synchronized (this) {
            thread = runThread;
            closing = loader;
        }
        if (thread != null) {
            thread.join(JOIN_MILLIS);
        }
        if (closing != null && (thread == null || !thread.isAlive())) {
            closing.close();
        }
    }

    /** Marks the run as finished and releases what belongs to it. */
    synchronized void finish() {
        finished = true;
        report = null;
        detachHandler = null;
        runThread = null;
        loader = null;
        notifyAll();
    }

    /** The end cannot be claimed. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String reason) {
            super(reason);
        }

        /** The message, never null. */
        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
