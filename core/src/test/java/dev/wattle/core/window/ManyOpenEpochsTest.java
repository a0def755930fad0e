/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.TrainingEpoch;
import dev.wattle.core.attribution.TrainingMeter;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.ProgramEpochs;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.sampling.SteppedMeter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that begins epochs of many models before any has ended. The machine draws 100 W. */
class ManyOpenEpochsTest {
    private static final long SECOND = 1_000_000_000L;

    private final SteppedMeter driven = SteppedMeter.of(SteppedMeter.watts(100));
    private final BoundaryQueue queue = new BoundaryQueue(4_096);
    private final TrainingNames names = new TrainingNames();
    private final MetricNames metrics = new MetricNames();
    private final ProgramEpochs programs = new ProgramEpochs();
    private final ProgramMeter program = new ProgramMeter(
            driven.meter(), queue, programs, names, metrics, new TrainingObserver() {}, driven, line -> {});
    private final TrainingMeter training =
            new TrainingMeter(driven.meter(), driven, metrics, names, 0, new TrainingObserver() {});

    ManyOpenEpochsTest() {
        training.take(queue);
        training.watch(programs);
    }

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void eachOfAHundredOpenEpochsIsCounted() {
        Deque<TrainingEpoch> open = new ArrayDeque<>();
        for (int model = 0; model < 100; model++) {
            open.push(program.epoch("model " + model, 1));
        }
        driven.advance(SECOND);
        while (!open.isEmpty()) {
            TrainingEpoch epoch = open.pop();
            epoch.iteration(8, 0.5);
            epoch.close();
        }
        end();

        assertThat(trainings()).hasSize(100).allSatisfy(record -> {
            assertThat(record.epochsDone()).isEqualTo(1);
            assertThat(record.iterations()).isEqualTo(1);
            assertThat(record.incomplete()).isFalse();
            assertThat(record.working()).isFalse();
        });
    }

    @Test
    void aFitAfterAHundredOpenEpochsHasItsOwnFigures() {
        List<TrainingEpoch> open = new ArrayList<>();
        for (int model = 0; model < 100; model++) {
            open.add(program.epoch("model " + model, 1));
        }
        driven.advance(SECOND);
        open.forEach(TrainingEpoch::close);
        tell(Boundary.RUN_BEGIN);
        tell(Boundary.EPOCH_BEGIN);
        driven.advance(SECOND);
        tell(Boundary.ITERATION);
        tell(Boundary.EPOCH_END);
        tell(Boundary.RUN_END);
        end();

        assertThat(trainings())
                .filteredOn(record -> record.framework() == Framework.DL4J)
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.epochsDone()).isEqualTo(1);
                    assertThat(record.epochs().get(0).totalMicrojoules()).isEqualTo(100_000_000);
                });
    }

    @Test
    void moreThanCanBeFollowedAreMarkedAndTheNextOnesAreRight() {
        List<TrainingEpoch> open = new ArrayList<>();
        for (int model = 0; model < 300; model++) {
            open.add(program.epoch("model " + model % 200 + (model < 200 ? "" : "b"), 1));
        }
        driven.advance(SECOND);
        open.forEach(epoch -> {
            epoch.iteration(8, 0.5);
            epoch.close();
        });
        try (TrainingEpoch next = program.epoch("next", 1)) {
            driven.advance(SECOND);
            next.iteration(8, 0.5);
        }
        end();

        assertThat(trainings())
                .filteredOn(record -> record.epochsDone() == 0)
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.incomplete()).isTrue());
        assertThat(trainings())
                .filteredOn(record -> record.name().equals("next"))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.epochs())
                            .singleElement()
                            .satisfies(epoch ->
                                    assertThat(epoch.totalMicrojoules()).isEqualTo(100_000_000));
                    assertThat(record.insideMicrojoules()).isZero();
                });
    }

    @Test
    void anEpochThatEndsAfterItsThreadHasBegunTheNextIsNotSilentlyMissing() {
        TrainingEpoch first = program.epoch("one", 2);
        driven.advance(SECOND);
        TrainingEpoch second = program.epoch("one", 2);
        driven.advance(SECOND);
        first.close();
        second.close();
        end();

        assertThat(trainings()).singleElement().satisfies(record -> {
            assertThat(record.epochsDone()).isEqualTo(1);
            assertThat(record.incomplete()).isTrue();
        });
    }

    private void tell(Boundary boundary) {
        @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
        long thread = Thread.currentThread().getId();
        queue.offer(boundary.eventOf(Framework.DL4J), 17, thread, driven.nanoTime(), Boundary.UNKNOWN, Double.NaN);
    }

    private void end() {
        driven.advance(SECOND);
        training.follow();
        driven.close();
        training.finish();
        assertThat(training.snapshot().phases().stream()
                        .mapToLong(PhaseEnergy::totalMicrojoules)
                        .sum())
                .isEqualTo(driven.meter().domains().get(0).microjoules());
    }

    private List<TrainingRecord> trainings() {
        return training.snapshot().trainings();
    }
}
