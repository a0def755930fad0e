/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How one run ends: with the JVM or, before that, by a detach. Whoever claims the end first has it alone; the other is
 * told, and a JVM that ends during a detach waits for it within the bounds of {@link ExitHook}.
 *
 * <p>Thread-safe.
 */
final class RunLifecycle {
    private static final long JOIN_MILLIS = 2_000;

    private @Nullable LastReport report;
    private @Nullable DetachHandler leaving;
    private @Nullable Thread thread;
    private @Nullable Closeable loader;
    private boolean jvmEnds;
    private boolean leaves;
    private boolean gone;

    /** Has the run reported when the JVM ends. */
    synchronized void use(LastReport newReport) {
        report = newReport;
        notifyAll();
    }

    /** What {@link #use} was given, or null: not yet, or the run has left. */
    synchronized @Nullable LastReport lastReport() {
        return report;
    }

    /** All that is started for the run is up: from now on it can be ended before the JVM is. */
    synchronized void started(DetachHandler newLeaving) {
        leaving = newLeaving;
        notifyAll();
    }

    /** What the run lives in: its thread, and the loader of its classes. */
    synchronized void livesIn(Thread newThread, Closeable newLoader) {
        thread = newThread;
        loader = newLoader;
    }

    /**
     * As the JVM ends, before {@link #claimForJvmEnd}: waits for a run that is only starting, for it will know the energy
     * from the beginning. Returns at once where nothing is starting.
     */
    synchronized void awaitRun(long mostMillis) throws InterruptedException {
        jvmEnds = true;
        notifyAll();
        long deadline = System.nanoTime() + mostMillis * 1_000_000;
        long millisLeft = mostMillis;
        while (report == null && !gone && millisLeft > 0) {
            wait(millisLeft);
            millisLeft = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    /** Whether the run has neither come up nor gone. */
    synchronized boolean isStarting() {
        return report == null && !gone;
    }

    /** Whether the JVM has begun to end. */
    synchronized boolean isJvmEnding() {
        return jvmEnds;
    }

    /** What reports the run as the JVM ends, or null where there is none: not yet, or the run has left. */
    synchronized @Nullable LastReport claimForJvmEnd() throws InterruptedException {
        jvmEnds = true;
        notifyAll();
        while (leaves && !gone) {
            wait();
        }
        return gone ? null : report;
    }

    /** Whether the run has left the JVM, or never came to be. */
    synchronized boolean isGone() {
        return gone;
    }

    /**
     * The end for a detach, which then must call {@link #gone}; waits for a run that only starts.
     *
     * @throws Refusal if another detach or the JVM's end has it, or the start takes longer than given
     */
    synchronized DetachHandler claimForDetach(long mostMillis) throws Refusal, InterruptedException {
        long deadline = System.nanoTime() + mostMillis * 1_000_000;
        while (true) {
            if (jvmEnds) {
                throw new Refusal("it is ending; it tells the summary itself");
            }
            if (gone) {
                throw new Refusal("metering has ended already");
            }
            if (leaves) {
                throw new Refusal("another detach is under way; that one gets the summary");
            }
            if (leaving != null) {
                leaves = true;
                return leaving;
            }
            long millisLeft = (deadline - System.nanoTime()) / 1_000_000;
            if (millisLeft <= 0) {
                throw new Refusal("metering is only starting; try again in a moment");
            }
            wait(millisLeft);
        }
    }

    /** Closes what the run lived in once its thread has ended. A thread that hangs keeps it. */
    void close() throws InterruptedException, IOException {
        Thread running;
        Closeable living;
        synchronized (this) {
            running = thread;
            living = loader;
        }
        if (running != null) {
            running.join(JOIN_MILLIS);
        }
        if (living != null && (running == null || !running.isAlive())) {
            living.close();
        }
    }

    /** Nothing is left of the run. */
    synchronized void gone() {
        gone = true;
        report = null;
        leaving = null;
        thread = null;
        loader = null;
        notifyAll();
    }

    /** Why the end is not to be had. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String reason) {
            super(reason);
        }

        /** The reason, which is always there. */
        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
