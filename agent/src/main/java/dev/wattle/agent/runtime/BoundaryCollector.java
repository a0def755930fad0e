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
 * Collects the boundaries that training threads and the program's own code mark, and queues them for attribution.
 *
 * <p>Thread-safe. The methods that the bridge calls on training threads take no lock and allocate nothing; those that the
 * program calls take no lock.
 */
final class BoundaryCollector implements TrainingBridge.Sink {

    /** The queue is emptied ten times a second and sooner when a quarter full, whatever the sampling interval. */
    private static final int CAPACITY = 1 << 15;

    private static final Framework[] FRAMEWORKS = Framework.values();

    private final BoundaryQueue queue = new BoundaryQueue(CAPACITY);
    private final ProgramEpochs programs = new ProgramEpochs();
    private final MetricNames metrics = new MetricNames();
    private final TrainingNames names = new TrainingNames();
    private final TrainingStops stops;
    private volatile boolean stopped;

    /** @param stops answers frameworks that ask whether to stop */
    BoundaryCollector(TrainingStops stops) {
        this.stops = stops;
    }

    /** Attributes energy to the boundaries, including those from before this call. To be called once. */
    TrainingMeter training(EnergyMeter meter, int configuredEpochs, TrainingObserver observer) {
        TrainingMeter training =
                new TrainingMeter(meter, SamplingClock.system(), metrics, names, configuredEpochs, observer);
        training.take(queue);
        training.watch(programs);
        return training;
    }

    /** Meters the program's own windows and epochs, once connected. To be called once. */
    ProgramMeter program(EnergyMeter meter, TrainingObserver observer, Consumer<String> log) {
        return new ProgramMeter(meter, queue, programs, names, metrics, observer, SamplingClock.system(), log);
    }

    /** Whether the queue should be emptied at once. */
    boolean isFilling() {
        return queue.waiting() >= CAPACITY / 4;
    }

    /** Ignores further boundaries. */
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
        boolean isStopped = stops.stops(framework, subject);
        if (isStopped) {
            mark(Boundary.STOPPED.eventOf(FRAMEWORKS[framework]), subject, Boundary.UNKNOWN, Double.NaN);
        }
        return isStopped;
    }

    @Override
    public @Nullable String stopReason(int framework, int subject) {
        return stops.reason(framework, subject);
    }
}
