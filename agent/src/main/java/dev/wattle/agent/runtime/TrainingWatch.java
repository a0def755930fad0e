/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.sampling.SamplingClock;
import dev.wattle.core.training.Boundary;
import dev.wattle.core.training.BoundaryQueue;
import dev.wattle.core.training.Framework;
import dev.wattle.core.training.IterationCounts;
import dev.wattle.core.training.MetricNames;
import dev.wattle.core.training.ProgramMeter;
import dev.wattle.core.training.TrainingMeter;
import dev.wattle.core.training.TrainingNames;
import dev.wattle.core.training.TrainingObserver;
import dev.wattle.core.training.WindowTotals;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what training threads and the program itself tell, and has it followed by a thread of its own, {@code
 * wattle-training}, which is not there before something trains or a window is opened.
 *
 * <p>Thread-safe. What the bridge calls on training threads takes no lock and allocates nothing.
 */
final class TrainingWatch implements TrainingBridge.Sink {

    /** A second of 60,000 boundaries, since one waits that long for a counter that stands still. */
    private static final int QUEUE = 1 << 16;

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CLOSE_MILLIS = 500;
    private static final int MOST_FAILURES = 20;

    private final IterationCounts counts = new IterationCounts();
    private final MetricNames metrics = new MetricNames();
    private final TrainingNames names = new TrainingNames();
    private final SamplingClock clock = SamplingClock.system();
    private final MeterThreads threads;
    private final BooleanSupplier stopAsked;
    private final Consumer<String> log;

    private volatile @Nullable BoundaryQueue queue;
    private volatile boolean following;
    private volatile boolean stopped;
    private volatile @Nullable TrainingMeter training;
    private volatile @Nullable ProgramMeter program;
    private @Nullable Thread follower;

    /**
     * @param stopAsked whether trainings are to end by their framework's own means
     * @param log takes a line for a person
     */
    TrainingWatch(MeterThreads threads, BooleanSupplier stopAsked, Consumer<String> log) {
        this.threads = threads;
        this.stopAsked = stopAsked;
        this.log = log;
    }

    /** Iterations, counted at once. */
    IterationCounts counts() {
        return counts;
    }

    /** A framework is there: from here on boundaries are kept. */
    void found(Framework framework) {
        queue();
        counts.found(framework);
    }

    /**
     * Has boundaries followed from now on, those among them that came before, and answers the program.
     *
     * @return what makes energies of them
     */
    TrainingMeter follow(EnergyMeter meter, int configuredEpochs, TrainingObserver observer) {
        TrainingMeter newTraining = new TrainingMeter(meter, clock, metrics, names, configuredEpochs, observer);
        ProgramMeter newProgram =
                new ProgramMeter(meter, this::wake, this::queue, counts, names, metrics, observer, clock, log);
        synchronized (this) {
            training = newTraining;
            program = newProgram;
        }
        if (queue != null) {
            wake();
        }
        newProgram.connect();
        return newTraining;
    }

    /** The program's own windows that have closed, by name. */
    List<WindowTotals> windows() {
        ProgramMeter windows = program;
        return windows == null ? List.of() : windows.totals();
    }

    /** Asked for with each epoch of the program's, which is not to wait for whoever looks at windows. */
    private BoundaryQueue queue() {
        BoundaryQueue boundaries = queue;
        return boundaries != null ? boundaries : firstQueue();
    }

    private synchronized BoundaryQueue firstQueue() {
        BoundaryQueue boundaries = queue;
        if (boundaries == null) {
            boundaries = new BoundaryQueue(QUEUE);
            queue = boundaries;
            wake();
        }
        return boundaries;
    }

    private void wake() {
        if (!following) {
            start();
        }
    }

    private synchronized void start() {
        TrainingMeter meter = training;
        ProgramMeter windows = program;
        if (following || stopped || meter == null || windows == null) {
            return;
        }
        following = true;
        try {
            Thread thread = threads.create("training", () -> follow(meter, windows));
            thread.start();
            follower = thread;
        } catch (Throwable t) {
            // On a thread of the host: no memory for another thread is none of its business.
            giveUp(t);
        }
    }

    private void giveUp(Throwable reason) {
        stopped = true;
        log.accept("epochs, phases and windows are not known from here on: " + reason);
    }

    private void follow(TrainingMeter meter, ProgramMeter windows) {
        int failures = 0;
        while (!stopped) {
            LockSupport.parkNanos(this, PERIOD_NANOS);
            // A thread that stays interrupted does not park. Whoever interrupts all threads he finds means others.
            Thread.interrupted();
            try {
                look(meter);
                windows.resolve(clock.nanoTime());
            } catch (Throwable t) {
                // A training job may use up the heap and get over it; all that is lost by it is one boundary.
                failures++;
                if (failures == 1) {
                    log.accept("a boundary of a training is lost, and its epoch's figures may be off: " + t);
                } else if (failures > MOST_FAILURES) {
                    giveUp(t);
                }
            }
        }
    }

    private void look(TrainingMeter meter) {
        BoundaryQueue boundaries = queue;
        if (boundaries != null) {
            meter.take(boundaries);
            meter.follow();
        }
    }

    /** After the meter's last reading: ends the thread, looks at what is left, and answers the program no more. */
    void finish() {
        stopped = true;
        Thread running;
        TrainingMeter meter;
        ProgramMeter windows;
        synchronized (this) {
            running = follower;
            meter = training;
            windows = program;
        }
        if (running != null) {
            LockSupport.unpark(running);
            join(running);
        }
        if (windows != null) {
            windows.end(clock.nanoTime());
        }
        BoundaryQueue boundaries = queue;
        if (meter != null && boundaries != null) {
            meter.take(boundaries);
            meter.finish();
        }
    }

    private static void join(Thread running) {
        try {
            running.join(CLOSE_MILLIS);
        } catch (InterruptedException meantForOthers) {
            // This wait is bounded anyway.
        }
    }

    @Override
    public void mark(int event, int subject, long size, double value) {
        BoundaryQueue boundaries = queue;
        if (boundaries == null || stopped) {
            return;
        }
        if (Boundary.isIteration(event)) {
            counts.iteration(Boundary.frameworkOf(event));
        }
        boundaries.offer(event, subject, Thread.currentThread().getId(), System.nanoTime(), size, value);
    }

    @Override
    public void metric(int event, int subject, String name, double value) {
        mark(event, subject, metrics.numberOf(name), value);
    }

    @Override
    public boolean stops(int framework, int subject) {
        if (!stopAsked.getAsBoolean()) {
            return false;
        }
        TrainingMeter meter = training;
        return framework != Framework.DJL.ordinal() || meter != null && meter.isStoppable(subject);
    }
}
