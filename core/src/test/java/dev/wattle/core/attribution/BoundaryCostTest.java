/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.sampling.SteppedMeter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a boundary costs, counted in visits to trainings and threads, however many others there are. */
class BoundaryCostTest {
    private static final long MILLI = 1_000_000L;
    private static final long MAIN = 1;
    private static final int MODEL = 17;
    private static final int EPOCHS = 50;

    private final SteppedMeter driven = SteppedMeter.of(nanos -> nanos / 33, nanos -> nanos / 7);
    private final BoundaryQueue queue = new BoundaryQueue(4_096);
    private final TrainingMeter training = new TrainingMeter(
            driven.meter(), driven, new MetricNames(), new TrainingNames(), 0, new TrainingObserver() {});

    BoundaryCostTest() {
        training.take(queue);
    }

    @AfterEach
    void close() {
        driven.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "200, 200", "1000, 1", "1000, 200"})
    void anEpochCostsTheSameWithAnyNumberOfActiveThreadsAndTrainings(int threads, int trainings) {
        for (int thread = 0; thread < threads; thread++) {
            int model = 1_000 + thread % trainings;
            offer(Framework.DL4J, Boundary.RUN_START, model, 100 + thread);
            offer(Framework.DL4J, Boundary.EPOCH_START, model, 100 + thread);
            offer(Framework.DL4J, Boundary.ITERATION, model, 100 + thread);
        }
        driven.advanceMillis(200);
        training.follow();
        long before = training.visits();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            epochOfMain();
        }

        // Once where the thread leaves the epoch, once where the record is made.
        assertThat(training.visits() - before).isEqualTo(2 * EPOCHS);
        assertConserved();
    }

    @ParameterizedTest
    @CsvSource({"1", "200", "1000"})
    void anEpochCostsTheSameWithAnyNumberOfIdleTrainings(int trainings) {
        for (int model = 0; model < trainings; model++) {
            offer(Framework.DL4J, Boundary.RUN_START, 1_000 + model, MAIN);
            offer(Framework.DL4J, Boundary.ITERATION, 1_000 + model, MAIN);
            offer(Framework.DL4J, Boundary.RUN_END, 1_000 + model, MAIN);
        }
        driven.advanceMillis(200);
        training.follow();
        long before = training.visits();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            epochOfMain();
        }

        assertThat(training.visits() - before).isEqualTo(2 * EPOCHS);
        assertConserved();
    }

    @Test
    void loopsWithoutScopesAreLookedAtOnceASecondAndNotWithEachBoundary() {
        int loops = 100;
        for (int round = 0; round < 50; round++) {
            for (int loop = 0; loop < loops; loop++) {
                offer(Framework.DJL, Boundary.ITERATION, 1_000 + loop, 100 + loop);
            }
            driven.advanceMillis(100);
            training.follow();
        }
        long before = training.visits();
        long boundaries = 0;
        for (int round = 0; round < 50; round++) {
            for (int loop = 0; loop < loops; loop++) {
                offer(Framework.DJL, Boundary.PASS_START, 1_000 + loop, 100 + loop);
                offer(Framework.DJL, Boundary.ITERATION, 1_000 + loop, 100 + loop);
                boundaries += 2;
            }
            driven.advanceMillis(100);
            training.follow();
        }

        assertThat(training.visits() - before).isLessThanOrEqualTo(2 * boundaries);
        assertConserved();
    }

    private void epochOfMain() {
        offer(Framework.DL4J, Boundary.EPOCH_START, MODEL, MAIN);
        driven.advance(10 * MILLI);
        offer(Framework.DL4J, Boundary.ITERATION, MODEL, MAIN);
        driven.advance(10 * MILLI);
        offer(Framework.DL4J, Boundary.EPOCH_END, MODEL, MAIN);
        driven.advanceMillis(200);
        training.follow();
    }

    private void offer(Framework framework, Boundary boundary, int model, long thread) {
        assertThat(queue.offer(boundary.eventOf(framework), model, thread, driven.nanoTime(), Boundary.UNKNOWN, 0.5))
                .isTrue();
    }

    private void assertConserved() {
        driven.close();
        training.finish();
        driven.meter()
                .domains()
                .forEach(domain -> assertThat(training.snapshot().phases().stream()
                                .mapToLong(
                                        (PhaseEnergy part) -> part.microjoules().getOrDefault(domain.domain(), 0L))
                                .sum())
                        .isEqualTo(domain.microjoules()));
    }
}
