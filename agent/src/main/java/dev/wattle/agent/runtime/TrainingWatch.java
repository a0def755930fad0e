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
import dev.wattle.core.training.ProgramEpochs;
import dev.wattle.core.training.ProgramMeter;
import dev.wattle.core.training.TrainingMeter;
import dev.wattle.core.training.TrainingNames;
import dev.wattle.core.training.TrainingObserver;
import dev.wattle.core.training.WindowTotals;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what training threads and the program itself tell, and has it followed by a thread of its own, {@code
 * wattle-training}, for as long as the run.
 *
 * <p>Thread-safe. What the bridge calls on training threads takes no lock and allocates nothing, and what the program calls
 * takes no lock; all that has to be made for either is made by the meter's own threads.
 */
final class TrainingWatch implements TrainingBridge.Sink {

    /** Looked at ten times a second and sooner when a quarter full, whatever the interval between readings. */
    private static final int QUEUE = 1 << 15;

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CLOSE_MILLIS = 500;
    private static final Framework[] FRAMEWORKS = Framework.values();

    private final IterationCounts counts = new IterationCounts();
    private final BoundaryQueue queue = new BoundaryQueue(QUEUE);
    private final ProgramEpochs programs = new ProgramEpochs();
    private final MetricNames metrics = new MetricNames();
    private final TrainingNames names = new TrainingNames();
    private final SamplingClock clock = SamplingClock.system();
    private final MeterThreads threads;
    private final TrainingStops stops;
    private final Consumer<String> log;

    private volatile boolean stopped;
    private volatile @Nullable TrainingMeter training;
    private volatile @Nullable ProgramMeter program;
    private @Nullable Thread follower;

    /**
     * @param stops the trainings that end by their framework's own means
     * @param log takes a line for a person
     */
    TrainingWatch(MeterThreads threads, TrainingStops stops, Consumer<String> log) {
        this.threads = threads;
        this.stops = stops;
        this.log = log;
    }

    /** Iterations, counted at once. */
    IterationCounts counts() {
        return counts;
    }

    /** A framework is there. */
    void found(Framework framework) {
        counts.found(framework);
    }

    /**
     * Has boundaries followed from now on, those among them that came before, and answers the program.
     *
     * @return what makes energies of them
     */
    TrainingMeter follow(EnergyMeter meter, int configuredEpochs, TrainingObserver observer) {
        TrainingMeter newTraining = new TrainingMeter(meter, clock, metrics, names, configuredEpochs, observer);
        newTraining.take(queue);
        newTraining.watch(programs);
        ProgramMeter newProgram =
                new ProgramMeter(meter, queue, programs, counts, names, metrics, observer, clock, log);
        synchronized (this) {
            training = newTraining;
            program = newProgram;
        }
        // In this order: what the program has opened before is in the queue before anything is taken out.
        newProgram.connect();
        start(newTraining, newProgram);
        return newTraining;
    }

    /** The program's own windows that have closed, by name. */
    List<WindowTotals> windows() {
        ProgramMeter windows = program;
        return windows == null ? List.of() : windows.totals();
    }

    private synchronized void start(TrainingMeter meter, ProgramMeter windows) {
        if (stopped) {
            return;
        }
        try {
            Thread thread = threads.create("training", () -> follow(meter, windows));
            thread.start();
            follower = thread;
        } catch (Throwable t) {
            giveUp(t);
        }
    }

    private void giveUp(Throwable reason) {
        stopped = true;
        log.accept("epochs, phases and windows are not known from here on: " + reason);
    }

    private void follow(TrainingMeter meter, ProgramMeter windows) {
        // A training job may use up the heap and get over it; all that is lost by it is one boundary.
        Attempts attempts = new Attempts(failure ->
                log.accept("a boundary of a training is lost, and its epoch's figures may be off: " + failure));
        // Made once: what would be made in each turn is made outside of what an attempt catches.
        Runnable look = () -> {
            look(meter);
            windows.resolve(clock.nanoTime());
            stops.tell(log);
        };
        Consumer<Throwable> giveUp = this::giveUp;
        while (!stopped) {
            if (queue.waiting() < QUEUE / 4) {
                LockSupport.parkNanos(this, PERIOD_NANOS);
            }
            // A thread that stays interrupted does not park. Whoever interrupts all threads he finds means others.
            Thread.interrupted();
            attempts.of(look).ifPresent(giveUp);
        }
    }

    private void look(TrainingMeter meter) {
        meter.follow();
        if (meter.hasSeen(Framework.CUSTOM)) {
            counts.found(Framework.CUSTOM);
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
            stops.tell(log);
        }
        if (windows != null) {
            windows.end(clock.nanoTime());
        }
        if (meter != null) {
            meter.finish();
            if (meter.hasSeen(Framework.CUSTOM)) {
                counts.found(Framework.CUSTOM);
            }
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
        if (stopped) {
            return;
        }
        if (Boundary.isIteration(event)) {
            counts.iteration(Boundary.frameworkOf(event));
        }
        queue.offer(event, subject, Thread.currentThread().getId(), System.nanoTime(), size, value);
    }

    @Override
    public void metric(int event, int subject, String name, double value) {
        mark(event, subject, metrics.numberOf(name), value);
    }

    @Override
    public boolean stops(int framework, int subject) {
        boolean ends = stops.stops(framework, subject);
        if (ends) {
            mark(Boundary.STOPPED.eventOf(FRAMEWORKS[framework]), subject, Boundary.UNKNOWN, Double.NaN);
        }
        return ends;
    }

    @Override
    public @Nullable String stopReason(int framework, int subject) {
        return stops.reason(framework, subject);
    }
}
