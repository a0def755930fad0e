/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.counters.Baseline;
import dev.wattle.agent.premain.loader.AgentThreads;
import java.io.PrintStream;

/**
 * The shutdown hook: starts the {@link ExitReporter} and waits for it, within bounds.
 *
 * <p>It is registered on arrival, because a program can end before the rest of the agent is loaded. The report runs on a
 * daemon thread, because standard error may be a pipe that nobody reads, or locked by the thread that called System.exit.
 * The JVM waits {@value #PATIENCE_MILLIS} ms for it. On an overloaded machine it waits longer while the report makes
 * progress, a step within {@value #STEP_MILLIS} ms, but {@value #CAP_MILLIS} ms at most: a container runtime gives a
 * program ten seconds between SIGTERM and SIGKILL. Then a line names what is missing. Thread-safe.
 */
final class ExitHook extends Thread {
    private static final long PATIENCE_MILLIS = 1_700;
    private static final long STEP_MILLIS = 1_000;
    private static final long CAP_MILLIS = 6_000;
    private static final long MISSING_LINE_MILLIS = 200;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long patienceNanos;
    private final long stepNanos;
    private final long capNanos;
    private final ExitReporter reporter;
    private final Thread missingLine;

    ExitHook(RunLifecycle lifecycle, PrintStream err) {
        this(lifecycle, err, PATIENCE_MILLIS, STEP_MILLIS, CAP_MILLIS);
    }

    ExitHook(RunLifecycle lifecycle, PrintStream err, long patienceMillis, long stepMillis, long capMillis) {
        super("wattle-shutdown");
        this.patienceNanos = patienceMillis * NANOS_PER_MILLI;
        this.stepNanos = stepMillis * NANOS_PER_MILLI;
        this.capNanos = capMillis * NANOS_PER_MILLI;
        setContextClassLoader(null);
        setUncaughtExceptionHandler(AgentThreads.IGNORE);
        // Created on arrival: a security manager that is set later may forbid new threads.
        this.reporter = new ExitReporter(lifecycle, err);
        this.missingLine = new Thread("wattle-exit-word") {
            @Override
            public void run() {
                reporter.printMissing();
            }
        };
        missingLine.setDaemon(true);
        missingLine.setContextClassLoader(null);
        missingLine.setUncaughtExceptionHandler(AgentThreads.IGNORE);
    }

    /** See {@link ExitReporter#setBaseline}. */
    void setBaseline(Baseline baseline, long startNanos) {
        reporter.setBaseline(baseline, startNanos);
    }

    /** See {@link ExitReporter#reportLater}. */
    void reportLater(Throwable reason) {
        reporter.reportLater(reason);
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        reporter.start();
        long left = millisLeft(start);
        while (reporter.isAlive() && left > 0) {
            join(reporter, left);
            left = millisLeft(start);
        }
        if (reporter.isAlive()) {
            // Standard error may be what blocks the report, so this line has a thread and a limit, too.
            missingLine.start();
            long deadline = System.nanoTime() + MISSING_LINE_MILLIS * NANOS_PER_MILLI;
            while (missingLine.isAlive() && System.nanoTime() - deadline < 0) {
                join(missingLine, Math.max(1, (deadline - System.nanoTime()) / NANOS_PER_MILLI));
            }
        }
    }

    private long millisLeft(long start) {
        long now = System.nanoTime();
        long lastStep = reporter.lastStepNanos();
        long patience = start + patienceNanos - now;
        long step = (lastStep == 0 ? start : lastStep) + stepNanos - now;
        long cap = start + capNanos - now;
        return (Math.min(cap, Math.max(patience, step)) + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    }

    private static void join(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException ignored) {
            // A program that ends may interrupt all threads it finds; this wait is bounded anyway.
        }
    }
}
