/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.TrainingEpoch;
import dev.wattle.core.attribution.TrainingMeter;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.boundary.ProgramEpochs;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.sampling.SteppedMeter;
import java.lang.ref.WeakReference;
import java.util.List;

/** A program under the meter, with epochs of its own and fits of DL4J, on a machine that draws 100 W. */
public final class MeteredProgram implements AutoCloseable {
    public static final long SECOND = 1_000_000_000L;

    private final SteppedMeter driven = SteppedMeter.of(SteppedMeter.watts(100));
    private final BoundaryQueue queue = new BoundaryQueue(4_096);
    private final TrainingNames names = new TrainingNames();
    private final MetricNames metrics = new MetricNames();
    private final ProgramEpochs programs = new ProgramEpochs();
    private final ProgramMeter program = new ProgramMeter(
            driven.meter(), queue, programs, names, metrics, new TrainingObserver() {}, driven, line -> {});
    private final TrainingMeter training =
            new TrainingMeter(driven.meter(), driven, metrics, names, 0, new TrainingObserver() {});

    public MeteredProgram() {
        training.take(queue);
        training.watch(programs);
    }

    /** The clock and the readings. */
    public SteppedMeter driven() {
        return driven;
    }

    /** Starts an epoch of the program now, on this thread. */
    public TrainingEpoch epoch(String name, int plannedEpochs) {
        return program.epoch(name, plannedEpochs);
    }

    /** An epoch that started before the meter came, on a thread that has ended. */
    public TrainingEpoch orphan(String name, int plannedEpochs, long startNanos) {
        return program.epoch(name, plannedEpochs, SteppedMeter.instant(startNanos), 4_711, new WeakReference<>(null));
    }

    /** A boundary of DL4J on this thread. */
    @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
    public void offer(long nanos, Boundary boundary, int model, double value) {
        queue.offer(
                boundary.eventOf(Framework.DL4J),
                model,
                Thread.currentThread().getId(),
                nanos,
                Boundary.UNKNOWN,
                value);
    }

    /** How many boundaries the meter has not taken yet. */
    public int waiting() {
        return queue.waiting();
    }

    /** Lets the meter process what it can. */
    public void follow() {
        training.follow();
    }

    /** Lets time pass and the meter follow ten times a second, as it does. */
    public void followTo(double second) {
        while (driven.nanoTime() - SteppedMeter.instant(Math.round(second * SECOND)) < 0) {
            driven.advanceMillis(100);
            training.follow();
        }
    }

    /** Ends the run. All of its energy is in its phases. */
    public void finish() {
        driven.close();
        training.finish();
        assertThat(training.snapshot().phases().stream()
                        .mapToLong(PhaseEnergy::totalMicrojoules)
                        .sum())
                .isEqualTo(driven.meter().domains().get(0).microjoules());
    }

    public List<TrainingRecord> trainings() {
        return training.snapshot().trainings();
    }

    public TrainingRecord training(Framework framework) {
        return trainings().stream()
                .filter(record -> record.framework() == framework)
                .findFirst()
                .orElseThrow();
    }

    public long microjoules(Phase phase) {
        return training.snapshot().phases().stream()
                .filter(part -> part.phase() == phase)
                .mapToLong(PhaseEnergy::totalMicrojoules)
                .sum();
    }

    @Override
    public void close() {
        driven.close();
    }
}
