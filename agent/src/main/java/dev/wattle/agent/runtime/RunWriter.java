/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.attribution.TrainingMeter;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.forecast.BudgetMonitor;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.forecast.Forecasts;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import dev.wattle.core.window.ProgramMeter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Owns what follows from readings and boundaries: the energies of epochs and phases, the program's windows, forecasts and the
 * budget. One thread, {@code wattle-run}, works on them ten times a second and publishes the run as a whole; whoever shows a
 * run reads what is published and nothing else.
 *
 * <p>It publishes when a reader asks, and otherwise every {@value #IDLE_SECONDS} s. Readers wait for it, but not long.
 * Thread-safe.
 */
final class RunWriter {

    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Forecasts want to know how far trainings have come even where nobody looks. */
    private static final int IDLE_SECONDS = 10;

    private static final long READER_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long READER_STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long CLOSE_MILLIS = 500;

    private final BoundaryCollector boundaries;
    private final Parts parts;
    private final Function<TrainingsSnapshot, RunSnapshot> figures;
    private final MeterThreads threads;
    private final Consumer<String> log;
    private final Forecasts forecasts = new Forecasts();

    // A training job may use up the heap and get over it; all that is lost by it is one boundary.
    private final Attempts rounds;
    private final Attempts budgets;
    private final Object finishing = new Object();
    private long fedNanos;

    private volatile boolean following = true;
    private volatile boolean stopped;
    private volatile boolean wanted;
    private volatile Published latest;
    private volatile @Nullable Thread thread;

    /** @param figures makes the run's figures, given those of its trainings */
    RunWriter(
            BoundaryCollector boundaries,
            Parts parts,
            Function<TrainingsSnapshot, RunSnapshot> figures,
            MeterThreads threads,
            Consumer<String> log) {
        this.boundaries = boundaries;
        this.parts = parts;
        this.figures = figures;
        this.threads = threads;
        this.log = log;
        this.rounds = new Attempts(failure ->
                log.accept("a boundary of a training is lost, and its epoch's figures may be off: " + failure));
        this.budgets = new Attempts(failure -> log.accept("telling of the budget failed: " + failure));
        this.fedNanos = System.nanoTime();
        this.latest = take();
    }

    /**
     * What is written.
     *
     * @param frameworks is told of loops that tell of themselves
     * @param unmetered what of the frameworks here is not metered, and why
     * @param startNanos when the run began, on {@link System#nanoTime()}
     */
    record Parts(
            EnergyMeter meter,
            TrainingMeter training,
            ProgramMeter program,
            FrameworkTable frameworks,
            TrainingStops stops,
            Optional<BudgetMonitor> budget,
            Supplier<List<String>> unmetered,
            long startNanos) {}

    /**
     * The run at one moment.
     *
     * @param nanos the moment, on {@link System#nanoTime()}: nothing in it is older
     */
    record Published(RunSnapshot run, Instant at, long nanos) {}

    /** Begins to work; where there is no thread for it, epochs and phases stay unknown. */
    void start() {
        try {
            Thread created = threads.create("run", this::write);
            created.start();
            thread = created;
        } catch (Throwable t) {
            giveUp(t);
        }
    }

    /** Where the trainings were heading when last published. */
    List<Forecast> forecasts() {
        return forecasts.latest();
    }

    /** The run now; as it was last published where the writer does not answer within a quarter of a second. */
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
        wanted = true;
        LockSupport.unpark(writer);
        while (known.nanos() - asked < 0 && !stopped && System.nanoTime() - asked < READER_WAIT_NANOS) {
            LockSupport.parkNanos(this, READER_STEP_NANOS);
            // A thread that stays interrupted does not park. Whoever interrupts all threads he finds means others.
            Thread.interrupted();
            known = latest;
        }
        return known;
    }

    private void write() {
        while (!stopped) {
            try {
                if (!wanted && !boundaries.isFilling()) {
                    LockSupport.parkNanos(this, ROUND_NANOS);
                }
                Thread.interrupted();
                round();
                if (wanted || System.nanoTime() - latest.nanos() >= IDLE_SECONDS * SECOND_NANOS) {
                    wanted = false;
                    publish();
                }
            } catch (Throwable noMemory) {
                // The heap is full, maybe not for long. Readers see the run as it was, and of when that is.
            }
        }
    }

    private synchronized void round() {
        if (following) {
            rounds.of(this::follow).ifPresent(this::giveUp);
        }
        long now = System.nanoTime();
        if (now - fedNanos >= SECOND_NANOS) {
            fedNanos = now;
            feedBudget(now);
        }
    }

    private void follow() {
        parts.training().follow();
        parts.program().resolve(System.nanoTime());
        parts.stops().tell(log);
    }

    private void giveUp(Throwable reason) {
        following = false;
        boundaries.stop();
        log.accept("epochs, phases and windows are not known from here on: " + reason);
    }

    private void feedBudget(long now) {
        parts.budget()
                .ifPresent(budget ->
                        budgets.of(() -> budget.update(parts.meter().microjoules(), now - parts.startNanos())));
    }

    private synchronized Published publish() {
        Published next = take();
        latest = next;
        return next;
    }

    private Published take() {
        long nanos = System.nanoTime();
        Instant at = Instant.now();
        TrainingSnapshot snapshot = parts.training().snapshot();
        if (snapshot.frameworks().containsKey(Framework.CUSTOM)) {
            parts.frameworks().found(Framework.CUSTOM);
        }
        TrainingsSnapshot trainings = new TrainingsSnapshot(
                snapshot,
                forecasts.update(snapshot),
                parts.budget()
                        .map(budget -> budget.state().withStopped(parts.stops().count())),
                parts.program().totals(),
                parts.unmetered().get());
        return new Published(figures.apply(trainings), at, nanos);
    }

    /**
     * After the meter's last reading: ends the thread, looks at what is left, and answers the program no more. Whoever asks
     * again, or meanwhile, gets the same answer.
     *
     * @return the run as it ended
     */
    Published finish() {
        synchronized (finishing) {
            if (stopped) {
                return latest;
            }
            boundaries.stop();
            stopped = true;
            Thread writer = thread;
            if (writer != null) {
                LockSupport.unpark(writer);
                join(writer);
            }
            return finishHere();
        }
    }

    private synchronized Published finishHere() {
        parts.stops().tell(log);
        parts.program().end(System.nanoTime());
        parts.training().finish();
        feedBudget(System.nanoTime());
        return publish();
    }

    private static void join(Thread writer) {
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException meantForOthers) {
            // This wait is bounded anyway.
        }
    }
}
