/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.core.attribution.TrainingMeter;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.ProgramEpochs;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.time.SamplingClock;
import dev.wattle.core.window.ProgramMeter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what training threads and the program itself tell, and keeps it for the thread that makes energies of it.
 *
 * <p>Thread-safe. What the bridge calls on training threads takes no lock and allocates nothing, and what the program calls
 * takes no lock.
 */
final class BoundaryCollector implements TrainingBridge.Sink {

    /** Looked at ten times a second and sooner when a quarter full, whatever the interval between readings. */
    private static final int CAPACITY = 1 << 15;

    private static final Framework[] FRAMEWORKS = Framework.values();

    private final BoundaryQueue queue = new BoundaryQueue(CAPACITY);
    private final ProgramEpochs programs = new ProgramEpochs();
    private final MetricNames metrics = new MetricNames();
    private final TrainingNames names = new TrainingNames();
    private final TrainingStops stops;
    private volatile boolean stopped;

    /** @param stops the trainings that end by their framework's own means */
    BoundaryCollector(TrainingStops stops) {
        this.stops = stops;
    }

    /** What makes energies of all that was told, before this call too. To be called once. */
    TrainingMeter training(EnergyMeter meter, int configuredEpochs, TrainingObserver observer) {
        TrainingMeter training =
                new TrainingMeter(meter, SamplingClock.system(), metrics, names, configuredEpochs, observer);
        training.take(queue);
        training.watch(programs);
        return training;
    }

    /** What answers the program's own windows and epochs, once it is connected. To be called once. */
    ProgramMeter program(EnergyMeter meter, TrainingObserver observer, Consumer<String> log) {
        return new ProgramMeter(meter, queue, programs, names, metrics, observer, SamplingClock.system(), log);
    }

    /** Whether so much waits that it should be looked at at once. */
    boolean isFilling() {
        return queue.waiting() >= CAPACITY / 4;
    }

    /** Takes nothing more. */
    void stop() {
        stopped = true;
    }

    @Override
    public void mark(int event, int subject, long size, double value) {
        if (!stopped) {
            queue.offer(event, subject, Thread.currentThread().getId(), System.nanoTime(), size, value);
        }
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
