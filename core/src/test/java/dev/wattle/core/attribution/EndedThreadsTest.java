/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.TrainingEpoch;
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
import dev.wattle.core.window.ProgramMeter;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that are no more, and epochs that nobody can close. The machine draws 100 W. */
class EndedThreadsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int MODEL = 17;

    private final SteppedMeter driven = SteppedMeter.of(SteppedMeter.watts(100));
    private final BoundaryQueue queue = new BoundaryQueue(256);
    private final TrainingNames names = new TrainingNames();
    private final MetricNames metrics = new MetricNames();
    private final ProgramEpochs programs = new ProgramEpochs();
    private final ProgramMeter program = new ProgramMeter(
            driven.meter(), queue, programs, names, metrics, new TrainingObserver() {}, driven, line -> {});
    private final TrainingMeter training = following();

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void aThreadThatDiedWithAnEpochOpenBearsNothingFromThenOn() throws InterruptedException {
        driven.runTo(SECOND);
        AtomicReference<TrainingEpoch> kept = new AtomicReference<>();
        run(() -> kept.set(program.epoch("doomed", 3)));
        follow(2);
        fit(2, 3);
        fit(3, 4);
        end(5);

        assertThat(of(Framework.DL4J).epochs()).hasSize(2).allSatisfy(epoch -> {
            assertThat(epoch.totalMicrojoules()).isCloseTo(100_000_000, within(4L));
            assertThat(epoch.shared()).isFalse();
        });
        assertThat(phase(Phase.TRAIN)).isLessThanOrEqualTo(300_000_000);
        Reference.reachabilityFence(kept);
    }

    @Test
    void anEpochFromBeforeTheMeterCameWhoseThreadIsGoneBearsNothing() {
        driven.runTo(SECOND);
        TrainingEpoch kept =
                program.epoch("doomed", 3, SteppedMeter.instant(SECOND / 2), 4_711, new WeakReference<>(null));
        follow(2);
        fit(2, 3);
        end(4);

        assertThat(of(Framework.DL4J).epochs()).singleElement().satisfies(epoch -> {
            assertThat(epoch.totalMicrojoules()).isCloseTo(100_000_000, within(4L));
            assertThat(epoch.shared()).isFalse();
        });
        Reference.reachabilityFence(kept);
    }

    @Test
    void aDeathIsNoticedWithTheNextLook() throws InterruptedException {
        driven.runTo(SECOND);
        AtomicReference<TrainingEpoch> kept = new AtomicReference<>();
        run(() -> {
            TrainingEpoch epoch = program.epoch("doomed", 3);
            epoch.iteration(1, 1);
            kept.set(epoch);
        });
        end(4);

        // A tenth of a second at 100 W, and no more.
        assertThat(phase(Phase.TRAIN)).isLessThanOrEqualTo(10_000_000);
        Reference.reachabilityFence(kept);
    }

    @Test
    void anEpochThatAnotherThreadClosesAfterItsOwnHasDiedIsWhole() throws InterruptedException {
        driven.runTo(SECOND);
        AtomicReference<TrainingEpoch> handed = new AtomicReference<>();
        run(() -> handed.set(program.epoch("handed over", 1)));
        follow(1.5);
        TrainingEpoch epoch = Objects.requireNonNull(handed.get());
        epoch.iteration(8, 0.5);
        follow(3);
        epoch.close();
        end(4);

        TrainingRecord record = of(Framework.CUSTOM);
        assertThat(record.epochsDone()).isEqualTo(1);
        assertThat(record.epochs().get(0).nanos()).isEqualTo(2 * SECOND);
        assertThat(record.epochs().get(0).totalMicrojoules()).isGreaterThan(150_000_000);
        assertThat(record.working()).isFalse();
    }

    @Test
    void anEpochThatTheProgramHasLostBearsNothingThoughItsThreadLives() {
        driven.runTo(SECOND);
        WeakReference<TrainingEpoch> lost = new WeakReference<>(program.epoch("lost", 3));
        driven.runTo(SECOND + SECOND / 2);
        training.follow();
        assertThat(isCollected(lost)).isTrue();
        follow(2);
        fit(2, 3);
        end(4);

        assertThat(of(Framework.DL4J).epochs())
                .singleElement()
                .satisfies(epoch -> assertThat(epoch.totalMicrojoules()).isCloseTo(100_000_000, within(4L)));
    }

    @Test
    void aThreadThatDiedInAFitBearsNothingOnceItIsMissed() throws InterruptedException {
        driven.runTo(SECOND);
        CountDownLatch found = new CountDownLatch(1);
        Thread fitting = new Thread(() -> {
            offer(SECOND, Boundary.RUN_BEGIN, MODEL + 1);
            try {
                found.await();
            } catch (InterruptedException e) {
                return;
            }
        });
        fitting.start();
        while (queue.waiting() == 0) {
            Thread.onSpinWait();
        }
        follow(2);
        follow(3);
        found.countDown();
        fitting.join();
        follow(4);
        fit(4, 5);
        end(6);

        assertThat(of(Framework.DL4J).epochs()).singleElement().satisfies(epoch -> {
            assertThat(epoch.totalMicrojoules()).isCloseTo(100_000_000, within(4L));
            assertThat(epoch.shared()).isFalse();
        });
    }

    @Test
    void noThreadIsKeptFromBeingCollected() throws InterruptedException {
        driven.runTo(SECOND);
        AtomicReference<TrainingEpoch> kept = new AtomicReference<>();
        Thread thread = new Thread(() -> kept.set(program.epoch("doomed", 3)));
        thread.start();
        thread.join();
        WeakReference<Thread> dead = new WeakReference<>(thread);
        thread = null;
        follow(2);

        assertThat(isCollected(dead)).isTrue();
        Reference.reachabilityFence(kept);
    }

    private static void run(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work);
        thread.start();
        thread.join();
    }

    private static boolean isCollected(WeakReference<?> reference) {
        for (int i = 0; i < 50 && reference.get() != null; i++) {
            System.gc();
        }
        return reference.get() == null;
    }

    private TrainingMeter following() {
        TrainingMeter meter = new TrainingMeter(driven.meter(), driven, metrics, names, 0, new TrainingObserver() {});
        meter.take(queue);
        meter.watch(programs);
        return meter;
    }

    private void fit(double fromSecond, double toSecond) {
        offer(Math.round(fromSecond * SECOND), Boundary.RUN_BEGIN, MODEL);
        offer(Math.round(fromSecond * SECOND), Boundary.EPOCH_BEGIN, MODEL);
        offer(Math.round(fromSecond * SECOND), Boundary.ITERATION, MODEL);
        follow(toSecond);
        offer(Math.round(toSecond * SECOND), Boundary.EPOCH_END, MODEL);
        offer(Math.round(toSecond * SECOND), Boundary.RUN_END, MODEL);
    }

    @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
    private void offer(long nanos, Boundary boundary, int subject) {
        queue.offer(
                boundary.eventOf(Framework.DL4J),
                subject,
                Thread.currentThread().getId(),
                SteppedMeter.instant(nanos),
                Boundary.UNKNOWN,
                0.5);
    }

    /** Ten times a second, as the meter does. */
    private void follow(double second) {
        while (driven.nanoTime() - SteppedMeter.instant(Math.round(second * SECOND)) < 0) {
            driven.advanceMillis(100);
            training.follow();
        }
    }

    private void end(double second) {
        follow(second);
        driven.close();
        training.finish();
        assertThat(training.snapshot().phases().stream()
                        .mapToLong(PhaseEnergy::totalMicrojoules)
                        .sum())
                .isEqualTo(driven.meter().domains().get(0).microjoules());
    }

    private TrainingRecord of(Framework framework) {
        return training.snapshot().trainings().stream()
                .filter(record -> record.framework() == framework)
                .findFirst()
                .orElseThrow();
    }

    private long phase(Phase phase) {
        return training.snapshot().phases().stream()
                .filter(part -> part.phase() == phase)
                .mapToLong(PhaseEnergy::totalMicrojoules)
                .sum();
    }
}
