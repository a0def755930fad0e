/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.counters.Baseline;
import dev.wattle.agent.premain.counters.CounterTotals;
import dev.wattle.agent.premain.loader.AgentThreads;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * What runs when the JVM ends: the report that metering left, or a line where it had not begun. A JVM that was only
 * asked for its version runs no program and gets no line.
 *
 * <p>It is registered on arrival, because a program can end before the rest of the agent is there. The report is made on a
 * daemon thread, since standard error may be a pipe that nobody reads, or locked by the very thread that called System.exit.
 * The JVM waits for it {@value #PATIENCE_MILLIS} ms. On a machine that has too much to do it waits on while the report makes
 * progress, a step within {@value #STEP_MILLIS} ms, and {@value #CAP_MILLIS} ms at the most: a container's runtime gives a
 * program ten seconds between SIGTERM and SIGKILL. Then a line says what is missing.
 *
 * <p>A program that ends after {@value #SHORTEST_RUN_MILLIS} ms or more while the run is only starting waits for the start,
 * where counters were read on arrival, {@value #LONGEST_START_MILLIS} ms at the most; after that the counters alone are
 * told. Thread-safe.
 */
final class ExitHook extends Thread {
    private static final long PATIENCE_MILLIS = 1_700;
    private static final long STEP_MILLIS = 1_000;
    private static final long CAP_MILLIS = 6_000;
    private static final long WORD_MILLIS = 200;
    private static final long SLICE_MILLIS = 100;
    private static final long SHORTEST_RUN_MILLIS = 100;
    private static final long LONGEST_START_MILLIS = 4_000;
    private static final long MILLI = 1_000_000;

    private final RunLifecycle ending;
    private final PrintStream err;
    private final long patienceNanos;
    private final long stepNanos;
    private final long capNanos;
    private final Thread reporter;
    private final Thread word;
    private volatile long lastStepNanos;
    private volatile @Nullable Baseline baseline;
    private volatile long startNanos;
    private volatile @Nullable Throwable unsaid;

    ExitHook(RunLifecycle ending, PrintStream err) {
        this(ending, err, PATIENCE_MILLIS, STEP_MILLIS, CAP_MILLIS);
    }

    ExitHook(RunLifecycle ending, PrintStream err, long patienceMillis, long stepMillis, long capMillis) {
        super("wattle-shutdown");
        this.patienceNanos = patienceMillis * MILLI;
        this.stepNanos = stepMillis * MILLI;
        this.capNanos = capMillis * MILLI;
        this.ending = ending;
        this.err = err;
        setContextClassLoader(null);
        setUncaughtExceptionHandler(AgentThreads.NOBODY);
        // Made on arrival: a security manager that comes later may forbid it.
        this.reporter = daemon(new Thread("wattle-exit") {
            @Override
            public void run() {
                report();
            }
        });
        this.word = daemon(new Thread("wattle-exit-word") {
            @Override
            public void run() {
                sayWhatIsMissing();
            }
        });
    }

    /** Counters that were read on arrival: a run that was only starting is waited for, and knows the energy since. */
    void countsFrom(Baseline newBaseline, long newStartNanos) {
        startNanos = newStartNanos;
        baseline = newBaseline;
    }

    /** Why nothing is metered, where that could not be said when it happened. */
    void sayLater(Throwable reason) {
        unsaid = reason;
    }

    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler(AgentThreads.NOBODY);
        thread.setContextClassLoader(null);
        return thread;
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        lastStepNanos = start;
        reporter.start();
        long left = millisLeft(start);
        while (reporter.isAlive() && left > 0) {
            join(reporter, left);
            left = millisLeft(start);
        }
        if (reporter.isAlive()) {
            // Standard error may be what keeps the report waiting; it keeps this thread waiting no longer than that.
            word.start();
            long deadline = System.nanoTime() + WORD_MILLIS * MILLI;
            while (word.isAlive() && System.nanoTime() - deadline < 0) {
                join(word, Math.max(1, (deadline - System.nanoTime()) / MILLI));
            }
        }
    }

    private long millisLeft(long start) {
        long now = System.nanoTime();
        long patience = start + patienceNanos - now;
        long step = lastStepNanos + stepNanos - now;
        long cap = start + capNanos - now;
        return (Math.min(cap, Math.max(patience, step)) + MILLI - 1) / MILLI;
    }

    private static void join(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException meantForOthers) {
            // A program that ends may interrupt all threads it finds; this wait is bounded anyway.
        }
    }

    private void report() {
        try {
            long patience = startPatienceMillis();
            for (long waited = 0; waited < patience && ending.isStarting(); waited += SLICE_MILLIS) {
                ending.awaitRun(SLICE_MILLIS);
                lastStepNanos = System.nanoTime();
            }
            LastReport report = ending.claimForJvmEnd();
            Throwable reason = unsaid;
            if (reason != null) {
                StderrLog.print(err, AgentStarter.NOT_METERING + reason);
            } else if (report != null) {
                report.report(new Runnable() {
                    @Override
                    public void run() {
                        lastStepNanos = System.nanoTime();
                    }
                });
            } else if (!ending.isGone() && System.getProperty("sun.java.command") != null) {
                StderrLog.print(err, nothingMetered());
            }
        } catch (Throwable t) {
            StderrLog.print(err, "the summary could not be made: " + t);
        }
    }

    /** Nobody who starts many short programs wants to wait for each; a start that is held up must not hold up the end. */
    private long startPatienceMillis() {
        Baseline counters = baseline;
        long ran = (System.nanoTime() - startNanos) / MILLI;
        return counters == null || counters.size() == 0 || ran < SHORTEST_RUN_MILLIS ? 0 : LONGEST_START_MILLIS;
    }

    private String nothingMetered() {
        Baseline counters = baseline;
        String totals = counters == null ? "" : CounterTotals.since(counters);
        return totals.isEmpty()
                ? "the program ended before metering began; nothing was metered"
                : "the program ended before the meter was up; since its start the counters have gone on by " + totals;
    }

    private void sayWhatIsMissing() {
        try {
            LastReport report = ending.lastReport();
            String missing = report == null ? "" : report.missing();
            if (!missing.isEmpty()) {
                StderrLog.print(err, missing);
            }
        } catch (Throwable t) {
            StderrLog.print(err, "the summary could not be made in time: " + t);
        }
    }
}
