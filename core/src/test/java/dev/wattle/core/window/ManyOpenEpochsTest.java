/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.TrainingEpoch;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that starts epochs of many models before any has ended. */
class ManyOpenEpochsTest {
    private static final long SECOND = MeteredProgram.SECOND;

    private final MeteredProgram program = new MeteredProgram();

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void eachOfAHundredOpenEpochsIsCounted() {
        Deque<TrainingEpoch> open = new ArrayDeque<>();
        for (int model = 0; model < 100; model++) {
            open.push(program.epoch("model " + model, 1));
        }
        program.driven().advance(SECOND);
        while (!open.isEmpty()) {
            TrainingEpoch epoch = open.pop();
            epoch.iteration(8, 0.5);
            epoch.close();
        }
        end();

        assertThat(program.trainings()).hasSize(100).allSatisfy(record -> {
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
        program.driven().advance(SECOND);
        open.forEach(TrainingEpoch::close);
        offer(Boundary.RUN_START);
        offer(Boundary.EPOCH_START);
        program.driven().advance(SECOND);
        offer(Boundary.ITERATION);
        offer(Boundary.EPOCH_END);
        offer(Boundary.RUN_END);
        end();

        assertThat(program.trainings())
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
        program.driven().advance(SECOND);
        open.forEach(epoch -> {
            epoch.iteration(8, 0.5);
            epoch.close();
        });
        try (TrainingEpoch next = program.epoch("next", 1)) {
            program.driven().advance(SECOND);
            next.iteration(8, 0.5);
        }
        end();

        assertThat(program.trainings())
                .filteredOn(record -> record.epochsDone() == 0)
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.incomplete()).isTrue());
        assertThat(program.trainings())
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
    void anEpochThatEndsAfterItsThreadHasStartedTheNextIsNotSilentlyMissing() {
        TrainingEpoch first = program.epoch("one", 2);
        program.driven().advance(SECOND);
        TrainingEpoch second = program.epoch("one", 2);
        program.driven().advance(SECOND);
        first.close();
        second.close();
        end();

        assertThat(program.trainings()).singleElement().satisfies(record -> {
            assertThat(record.epochsDone()).isEqualTo(1);
            assertThat(record.incomplete()).isTrue();
        });
    }

    private void offer(Boundary boundary) {
        program.offer(program.driven().nanoTime(), boundary, 17, Double.NaN);
    }

    private void end() {
        program.driven().advance(SECOND);
        program.follow();
        program.finish();
    }
}
