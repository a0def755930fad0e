/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.sampling.SteppedMeter;
import dev.wattle.core.window.ProgramMeter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs whose starts and ends are in order, and a queue that has no room for all of them. */
class BoundaryLossTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final int MODEL = 17;
    private static final long MAIN = 1;

    private final SteppedMeter driven = SteppedMeter.of(SteppedMeter.watts(10));
    private final MetricNames metrics = new MetricNames();
    private final TrainingNames names = new TrainingNames();
    private BoundaryQueue queue = new BoundaryQueue(8);
    private final TrainingMeter training =
            new TrainingMeter(driven.meter(), driven, metrics, names, 0, new TrainingObserver() {});

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void aThreadWhoseEndIsLostIsAllocatedNothingOnceThatIsSeen() {
        training.take(queue);
        driven.runTo(SECOND);
        offer(SECOND, Framework.DL4J, Boundary.INFERENCE_START, MODEL, MAIN);
        fill(SECOND);
        // Lost, and the thread reports nothing more.
        assertThat(offer(SECOND, Framework.DL4J, Boundary.INFERENCE_END, MODEL, MAIN))
                .isFalse();
        driven.runTo(10 * SECOND);
        training.follow();
        oneEpoch(10, MODEL + 1, 7);
        driven.runTo(12 * SECOND);
        driven.close();
        training.finish();

        assertThat(only().epochs()).singleElement().satisfies(epoch -> {
            assertThat(epoch.totalMicrojoules()).isCloseTo(10_000_000, within(2L));
            assertThat(epoch.shared()).isFalse();
            assertThat(epoch.incomplete()).isFalse();
        });
        assertThat(phase(Phase.INFERENCE)).isLessThanOrEqualTo(90_000_000);
        assertThat(training.snapshot().dropped()).isPositive();
    }

    @Test
    void anEpochWhoseEndIsLostEndsWithTheNextAndIsMarked() {
        training.take(queue);
        driven.runTo(SECOND);
        offer(SECOND, Framework.DL4J, Boundary.RUN_START, MODEL, MAIN);
        offer(SECOND, Framework.DL4J, Boundary.EPOCH_START, MODEL, MAIN);
        offer(SECOND + 10 * MILLI, Framework.DL4J, Boundary.ITERATION, MODEL, MAIN);
        fill(SECOND + 20 * MILLI);
        assertThat(offer(2 * SECOND, Framework.DL4J, Boundary.EPOCH_END, MODEL, MAIN))
                .isFalse();
        driven.runTo(3 * SECOND);
        training.follow();
        offer(3 * SECOND, Framework.DL4J, Boundary.EPOCH_START, MODEL, MAIN);
        offer(3 * SECOND + 10 * MILLI, Framework.DL4J, Boundary.ITERATION, MODEL, MAIN);
        offer(4 * SECOND, Framework.DL4J, Boundary.EPOCH_END, MODEL, MAIN);
        offer(4 * SECOND, Framework.DL4J, Boundary.RUN_END, MODEL, MAIN);
        driven.runTo(5 * SECOND);
        training.follow();
        oneEpoch(5, MODEL, MAIN);
        driven.close();
        training.finish();

        assertThat(only().epochs()).extracting(EpochRecord::incomplete).containsExactly(true, false, false);
        assertThat(only().epochs().get(1).totalMicrojoules()).isCloseTo(10_000_000, within(2L));
        assertThat(only().epochs().get(2).totalMicrojoules()).isCloseTo(10_000_000, within(2L));
        assertThat(only().incomplete()).isTrue();
        assertThat(only().working()).isFalse();
    }

    @Test
    void anEpochWhoseStartIsLostIsReportedAndMarked() {
        training.take(queue);
        driven.runTo(SECOND);
        offer(SECOND, Framework.DL4J, Boundary.RUN_START, MODEL, MAIN);
        fill(SECOND);
        assertThat(offer(SECOND, Framework.DL4J, Boundary.EPOCH_START, MODEL, MAIN))
                .isFalse();
        driven.runTo(2 * SECOND);
        training.follow();
        offer(2 * SECOND, Framework.DL4J, Boundary.ITERATION, MODEL, MAIN);
        driven.runTo(3 * SECOND);
        training.follow();
        offer(3 * SECOND, Framework.DL4J, Boundary.ITERATION, MODEL, MAIN);
        offer(3 * SECOND, Framework.DL4J, Boundary.EPOCH_END, MODEL, MAIN);
        offer(3 * SECOND, Framework.DL4J, Boundary.RUN_END, MODEL, MAIN);
        driven.runTo(4 * SECOND);
        driven.close();
        training.finish();

        assertThat(only().epochs()).singleElement().satisfies(epoch -> {
            assertThat(epoch.incomplete()).isTrue();
            assertThat(epoch.iterations()).isEqualTo(2);
        });
        assertThat(only().working()).isFalse();
    }

    @Test
    void lostBatchesMarkTheirEpochAndChangeNothingElse() {
        training.take(queue);
        driven.runTo(SECOND);
        offer(SECOND, Framework.DL4J, Boundary.RUN_START, MODEL, MAIN);
        offer(SECOND, Framework.DL4J, Boundary.EPOCH_START, MODEL, MAIN);
        for (int i = 0; i < 20; i++) {
            offer(SECOND + i * MILLI, Framework.DL4J, Boundary.ITERATION, MODEL, MAIN);
        }
        offer(2 * SECOND, Framework.DL4J, Boundary.EPOCH_END, MODEL, MAIN);
        driven.runTo(3 * SECOND);
        training.follow();
        offer(3 * SECOND, Framework.DL4J, Boundary.RUN_END, MODEL, MAIN);
        driven.runTo(4 * SECOND);
        driven.close();
        training.finish();

        assertThat(only().epochs()).singleElement().satisfies(epoch -> {
            assertThat(epoch.incomplete()).isTrue();
            assertThat(epoch.totalMicrojoules()).isCloseTo(10_000_000, within(2L));
        });
        assertThat(phase(Phase.TRAIN)).isCloseTo(20_000_000, within(2L));
    }

    @Test
    void epochsOfTheProgramForWhichThereWasNoRoomAreReportedAnyway() {
        queue = new BoundaryQueue(4);
        ProgramEpochs programs = new ProgramEpochs();
        ProgramMeter program = new ProgramMeter(
                driven.meter(), queue, programs, names, metrics, new TrainingObserver() {}, driven, line -> {});
        training.take(queue);
        training.watch(programs);
        driven.runTo(SECOND);
        for (int epoch = 0; epoch < 5; epoch++) {
            dev.wattle.TrainingEpoch open = program.epoch("mine", 5);
            driven.advance(SECOND);
            open.iteration(8, 0.5);
            open.close();
            driven.advance(SECOND);
        }
        training.follow();
        driven.close();
        training.finish();

        assertThat(only().epochsDone()).isEqualTo(5);
        assertThat(only().plannedEpochs()).isEqualTo(5);
        assertThat(only().epochs()).extracting(EpochRecord::incomplete).containsExactly(false, true, true, true, true);
        assertThat(only().working()).isFalse();
    }

    @Property(tries = 60)
    void whateverIsLostEachEpochIsReportedOrMarkedAndNoTrainingStaysActive(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int roundsBetween) {
        try (SteppedMeter meter = SteppedMeter.of(nanos -> nanos / 33)) {
            Random random = new Random(seed);
            BoundaryQueue small = new BoundaryQueue(16);
            List<EpochRecord> reported = new ArrayList<>();
            TrainingMeter following =
                    new TrainingMeter(meter.meter(), meter, metrics, new TrainingNames(), 0, new TrainingObserver() {
                        @Override
                        public void epoch(EpochRecord epoch) {
                            reported.add(epoch);
                        }
                    });
            following.take(small);
            List<Host> hosts = List.of(new Host(1, small), new Host(2, small), new Host(3, small));
            long nanos = 0;
            for (int step = 0; step < 300; step++) {
                nanos += random.nextInt(30) * MILLI + 1;
                meter.runTo(nanos);
                hosts.get(random.nextInt(hosts.size())).step(random, SteppedMeter.instant(nanos));
                if (step % roundsBetween == 0) {
                    following.follow();
                }
            }
            for (Host host : hosts) {
                host.endAll(SteppedMeter.instant(nanos));
            }
            meter.runTo(nanos + SECOND);
            following.follow();
            // Nothing is active: all time that follows is outside, once no loop is in doubt.
            meter.runTo(nanos + 700 * SECOND);
            following.follow();
            meter.close();
            following.finish();
            TrainingSnapshot after = following.snapshot();

            assertThat(trained(after)).isLessThanOrEqualTo((nanos + SECOND) / 33);
            assertThat(after.trainings()).noneMatch(TrainingRecord::working);
            Map<Long, Host.Epoch> truth = new HashMap<>();
            hosts.forEach(host -> truth.putAll(host.truth));
            for (EpochRecord epoch : reported) {
                if (!epoch.incomplete()) {
                    assertThat(truth).as("an epoch that started then").containsKey(epoch.startNanos());
                    Host.Epoch really = Objects.requireNonNull(truth.get(epoch.startNanos()));
                    assertThat(epoch.iterations()).isEqualTo(really.iterations);
                    assertThat(epoch.endNanos()).isEqualTo(really.endNanos);
                }
            }
            if (small.dropped() == 0) {
                assertThat(reported).hasSize(truth.size());
            }
            if (reported.size() < truth.size()) {
                assertThat(after.trainings()).anyMatch(TrainingRecord::incomplete);
            }
        }
    }

    private static long trained(TrainingSnapshot snapshot) {
        return snapshot.phases().stream()
                .filter(part -> part.phase() != Phase.OUTSIDE)
                .mapToLong(PhaseEnergy::totalMicrojoules)
                .sum();
    }

    /** One thread of a program that fits models, epoch by epoch, and scores and uses them in between. */
    private static final class Host {
        private static final class Epoch {
            private int iterations;
            private long endNanos;
        }

        private final long thread;
        private final BoundaryQueue queue;
        private final Map<Long, Epoch> truth = new HashMap<>();
        private final List<Boundary> open = new ArrayList<>();
        private Epoch epoch = new Epoch();
        private int model;

        Host(long thread, BoundaryQueue queue) {
            this.thread = thread;
            this.queue = queue;
        }

        void step(Random random, long nanos) {
            int choice = random.nextInt(10);
            if (open.isEmpty()) {
                model = (int) thread * 100 + random.nextInt(3);
                start(choice < 7 ? Boundary.RUN_START : Boundary.INFERENCE_START, nanos);
            } else if (last() == Boundary.RUN_START && choice < 8) {
                epoch = new Epoch();
                truth.put(nanos, epoch);
                start(Boundary.EPOCH_START, nanos);
            } else if (last() == Boundary.EPOCH_START && choice < 6) {
                epoch.iterations++;
                offer(Boundary.ITERATION, nanos);
            } else if (last() == Boundary.EPOCH_START && choice < 8) {
                start(choice == 6 ? Boundary.VALIDATION_START : Boundary.INFERENCE_START, nanos);
            } else {
                end(nanos);
            }
        }

        void endAll(long nanos) {
            while (!open.isEmpty()) {
                end(nanos);
            }
        }

        private Boundary last() {
            return open.get(open.size() - 1);
        }

        private void start(Boundary start, long nanos) {
            open.add(start);
            offer(start, nanos);
        }

        private void end(long nanos) {
            Boundary start = open.remove(open.size() - 1);
            if (start == Boundary.EPOCH_START) {
                epoch.endNanos = nanos;
            }
            offer(Boundary.values()[start.ordinal() + 1], nanos);
        }

        private void offer(Boundary boundary, long nanos) {
            queue.offer(boundary.eventOf(Framework.DL4J), model, thread, nanos, Boundary.UNKNOWN, 0.5);
        }
    }

    /** Fills the queue with boundaries of another thread. */
    private void fill(long nanos) {
        while (offer(nanos, Framework.SAMEDIFF, Boundary.CLOSE, 99, 255)) {
            assertThat(queue.waiting()).isPositive();
        }
    }

    private void oneEpoch(long second, int model, long thread) {
        offer(second * SECOND, Framework.DL4J, Boundary.RUN_START, model, thread);
        offer(second * SECOND, Framework.DL4J, Boundary.EPOCH_START, model, thread);
        offer(second * SECOND, Framework.DL4J, Boundary.ITERATION, model, thread);
        offer((second + 1) * SECOND, Framework.DL4J, Boundary.EPOCH_END, model, thread);
        offer((second + 1) * SECOND, Framework.DL4J, Boundary.RUN_END, model, thread);
        driven.runTo((second + 2) * SECOND);
        training.follow();
    }

    private boolean offer(long nanos, Framework framework, Boundary boundary, int subject, long thread) {
        return queue.offer(
                boundary.eventOf(framework), subject, thread, SteppedMeter.instant(nanos), Boundary.UNKNOWN, 0.5);
    }

    private TrainingRecord only() {
        List<TrainingRecord> records = training.snapshot().trainings();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private long phase(Phase phase) {
        return training.snapshot().phases().stream()
                .filter(part -> part.phase() == phase)
                .mapToLong(PhaseEnergy::totalMicrojoules)
                .sum();
    }
}
