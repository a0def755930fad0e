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
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.sampling.SteppedMeter;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counters are read from the start, and boundaries are processed from the third second on. The machine draws 100 W. */
class EpochsBeforeFollowingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int MODEL = 17;
    private static final long OTHER_THREAD = 4_711;

    private final SteppedMeter driven = SteppedMeter.of(SteppedMeter.watts(100));
    private final BoundaryQueue queue = new BoundaryQueue(256);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void anEpochOfTheProgramHasItsEnergyFromItsStart() {
        driven.runTo(3 * SECOND);
        TrainingNames names = new TrainingNames();
        MetricNames metrics = new MetricNames();
        ProgramEpochs programs = new ProgramEpochs();
        TrainingMeter training =
                new TrainingMeter(driven.meter(), driven, metrics, names, 0, new TrainingObserver() {});
        training.take(queue);
        training.watch(programs);
        ProgramMeter program = new ProgramMeter(
                driven.meter(), queue, programs, names, metrics, new TrainingObserver() {}, driven, line -> {});
        TrainingEpoch first = adopt(program, SECOND / 2);
        program.close(first, SteppedMeter.instant(SECOND));
        TrainingEpoch second = adopt(program, SECOND);
        driven.runTo(4 * SECOND);
        second.close();
        end(training);

        assertThat(energies(training)).containsExactly(50_000_000L, 300_000_000L);
        assertThat(outside(training)).isEqualTo(driven.meter().domains().get(0).microjoules() - 350_000_000L);
    }

    @Test
    void aFitHasItsEnergyFromItsStartAndNoneFromBefore() {
        offer(Boundary.RUN_START, SECOND);
        offer(Boundary.EPOCH_START, SECOND);
        offer(Boundary.ITERATION, SECOND + 1);
        offer(Boundary.EPOCH_END, 2 * SECOND);
        offer(Boundary.EPOCH_START, 2 * SECOND);
        driven.runTo(3 * SECOND);
        TrainingMeter training = new TrainingMeter(
                driven.meter(), driven, new MetricNames(), new TrainingNames(), 0, new TrainingObserver() {});
        training.take(queue);
        driven.runTo(4 * SECOND);
        offer(Boundary.ITERATION, 4 * SECOND);
        offer(Boundary.EPOCH_END, 4 * SECOND);
        offer(Boundary.RUN_END, 4 * SECOND);
        end(training);

        assertThat(energies(training)).containsExactly(100_000_000L, 200_000_000L);
        assertThat(outside(training)).isEqualTo(driven.meter().domains().get(0).microjoules() - 300_000_000L);
    }

    private static TrainingEpoch adopt(ProgramMeter program, long startNanos) {
        Thread thread = Thread.currentThread();
        return program.epoch("early", 2, SteppedMeter.instant(startNanos), OTHER_THREAD, new WeakReference<>(thread));
    }

    private void offer(Boundary boundary, long nanos) {
        queue.offer(
                boundary.eventOf(Framework.DL4J), MODEL, 1, SteppedMeter.instant(nanos), Boundary.UNKNOWN, Double.NaN);
    }

    private void end(TrainingMeter training) {
        driven.advance(SECOND);
        training.follow();
        driven.close();
        training.finish();
    }

    private static List<Long> energies(TrainingMeter training) {
        return training.snapshot().trainings().get(0).epochs().stream()
                .map(EpochRecord::totalMicrojoules)
                .toList();
    }

    private static long outside(TrainingMeter training) {
        return training.snapshot().phases().stream()
                .filter(part -> part.phase() == Phase.OUTSIDE)
                .mapToLong(PhaseEnergy::totalMicrojoules)
                .sum();
    }
}
