/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import dev.wattle.agent.premain.counters.Baseline;
import dev.wattle.agent.premain.counters.CounterTotals;
import dev.wattle.agent.premain.loader.AgentThreads;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The daemon thread {@code wattle-exit}: makes the run's report as the JVM ends, or prints a line where there is no run. A
 * JVM that runs no program, such as {@code java -version}, gets no line.
 *
 * <p>A program that ends after {@value #MIN_RUN_MILLIS} ms or more while the run is still starting waits for the start,
 * {@value #MAX_START_MILLIS} ms at most, if counters were read on arrival. Where the start takes longer, only the counters
 * are reported. Thread-safe.
 */
final class ExitReporter extends Thread {
    private static final long SLICE_MILLIS = 100;
    private static final long MIN_RUN_MILLIS = 100;
    private static final long MAX_START_MILLIS = 4_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RunLifecycle lifecycle;
    private final PrintStream err;
    private volatile long lastStepNanos;
    private volatile @Nullable Baseline baseline;
    private volatile long startNanos;
    private volatile @Nullable Throwable unreported;

    ExitReporter(RunLifecycle lifecycle, PrintStream err) {
        super("wattle-exit");
        this.lifecycle = lifecycle;
        this.err = err;
        setDaemon(true);
        setContextClassLoader(null);
        setUncaughtExceptionHandler(AgentThreads.IGNORE);
    }

    /** The counters that were read on arrival, and when, by System.nanoTime(). */
    void setBaseline(Baseline newBaseline, long newStartNanos) {
        startNanos = newStartNanos;
        baseline = newBaseline;
    }

    /** Why nothing is metered, if no line could be printed when it happened. */
    void reportLater(Throwable reason) {
        unreported = reason;
    }

    /** When the report last made progress, by System.nanoTime(); 0 before its first step. */
    long lastStepNanos() {
        return lastStepNanos;
    }

    @Override
    public void run() {
        try {
            long patience = startPatienceMillis();
            for (long waited = 0; waited < patience && lifecycle.isStarting(); waited += SLICE_MILLIS) {
                lifecycle.awaitRun(SLICE_MILLIS);
                lastStepNanos = System.nanoTime();
            }
            LastReport report = lifecycle.claimForJvmEnd();
            Throwable reason = unreported;
            if (reason != null) {
                StderrLog.print(err, AgentStarter.NOT_METERING + reason);
            } else if (report != null) {
                report.report(new Runnable() {
                    @Override
                    public void run() {
                        lastStepNanos = System.nanoTime();
                    }
                });
            } else if (!lifecycle.isFinished() && System.getProperty("sun.java.command") != null) {
                StderrLog.print(err, nothingMetered());
            }
        } catch (Throwable t) {
            StderrLog.print(err, "the summary could not be made: " + t);
        }
    }

    /** A short program does not wait for the start, and a start that hangs must not delay the end. */
    private long startPatienceMillis() {
        Baseline counters = baseline;
        long ran = (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
        return counters == null || counters.size() == 0 || ran < MIN_RUN_MILLIS ? 0 : MAX_START_MILLIS;
    }

    private String nothingMetered() {
        Baseline counters = baseline;
        String totals = counters == null ? "" : CounterTotals.since(counters);
        return totals.isEmpty()
                ? "the program ended before metering started; nothing was metered"
                : "the program ended before metering started; since its start the counters increased by " + totals;
    }

    /** Prints what the report lacks. Called on another thread, once the JVM waits no longer. */
    void printMissing() {
        try {
            LastReport report = lifecycle.lastReport();
            String missing = report == null ? "" : report.missing();
            if (!missing.isEmpty()) {
                StderrLog.print(err, missing);
            }
        } catch (Throwable t) {
            StderrLog.print(err, "the summary could not be made in time: " + t);
        }
    }
}
