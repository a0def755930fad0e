/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.TrainingEpoch;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.sampling.SteppedMeter;
import dev.wattle.core.window.MeteredProgram;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that have ended, and epochs that nobody can close. */
class EndedThreadsTest {
    private static final long SECOND = MeteredProgram.SECOND;
    private static final int MODEL = 17;

    private final MeteredProgram program = new MeteredProgram();

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void aThreadThatDiedWithAnEpochOpenIsAllocatedNothingFromThenOn() throws InterruptedException {
        program.driven().runTo(SECOND);
        AtomicReference<TrainingEpoch> kept = new AtomicReference<>();
        run(() -> kept.set(program.epoch("doomed", 3)));
        program.followTo(2);
        fit(2, 3);
        fit(3, 4);
        end(5);

        assertThat(program.training(Framework.DL4J).epochs()).hasSize(2).allSatisfy(epoch -> {
            assertThat(epoch.totalMicrojoules()).isCloseTo(100_000_000, within(4L));
            assertThat(epoch.shared()).isFalse();
        });
        assertThat(program.microjoules(Phase.TRAIN)).isLessThanOrEqualTo(300_000_000);
        Reference.reachabilityFence(kept);
    }

    @Test
    void anEpochFromBeforeTheMeterWhoseThreadIsGoneIsAllocatedNothing() {
        program.driven().runTo(SECOND);
        TrainingEpoch kept = program.orphan("doomed", 3, SECOND / 2);
        program.followTo(2);
        fit(2, 3);
        end(4);

        assertThat(program.training(Framework.DL4J).epochs()).singleElement().satisfies(epoch -> {
            assertThat(epoch.totalMicrojoules()).isCloseTo(100_000_000, within(4L));
            assertThat(epoch.shared()).isFalse();
        });
        Reference.reachabilityFence(kept);
    }

    @Test
    void aDeathIsNoticedWithTheNextLook() throws InterruptedException {
        program.driven().runTo(SECOND);
        AtomicReference<TrainingEpoch> kept = new AtomicReference<>();
        run(() -> {
            TrainingEpoch epoch = program.epoch("doomed", 3);
            epoch.iteration(1, 1);
            kept.set(epoch);
        });
        end(4);

        // A tenth of a second at 100 W, and no more.
        assertThat(program.microjoules(Phase.TRAIN)).isLessThanOrEqualTo(10_000_000);
        Reference.reachabilityFence(kept);
    }

    @Test
    void anEpochThatAnotherThreadClosesAfterItsOwnHasDiedIsWhole() throws InterruptedException {
        program.driven().runTo(SECOND);
        AtomicReference<TrainingEpoch> handed = new AtomicReference<>();
        run(() -> handed.set(program.epoch("handed over", 1)));
        program.followTo(1.5);
        TrainingEpoch epoch = Objects.requireNonNull(handed.get());
        epoch.iteration(8, 0.5);
        program.followTo(3);
        epoch.close();
        end(4);

        TrainingRecord record = program.training(Framework.CUSTOM);
        assertThat(record.epochsDone()).isEqualTo(1);
        assertThat(record.epochs().get(0).nanos()).isEqualTo(2 * SECOND);
        assertThat(record.epochs().get(0).totalMicrojoules()).isGreaterThan(150_000_000);
        assertThat(record.working()).isFalse();
    }

    @Test
    void anEpochThatTheProgramHasLostIsAllocatedNothingThoughItsThreadLives() {
        program.driven().runTo(SECOND);
        WeakReference<TrainingEpoch> lost = new WeakReference<>(program.epoch("lost", 3));
        program.driven().runTo(SECOND + SECOND / 2);
        program.follow();
        assertThat(isCollected(lost)).isTrue();
        program.followTo(2);
        fit(2, 3);
        end(4);

        assertThat(program.training(Framework.DL4J).epochs())
                .singleElement()
                .satisfies(epoch -> assertThat(epoch.totalMicrojoules()).isCloseTo(100_000_000, within(4L)));
    }

    @Test
    void aThreadThatDiedInAFitIsAllocatedNothingOnceThatIsSeen() throws InterruptedException {
        program.driven().runTo(SECOND);
        CountDownLatch found = new CountDownLatch(1);
        Thread fitting = new Thread(() -> {
            offer(SECOND, Boundary.RUN_START, MODEL + 1);
            try {
                found.await();
            } catch (InterruptedException e) {
                return;
            }
        });
        fitting.start();
        while (program.waiting() == 0) {
            Thread.onSpinWait();
        }
        program.followTo(2);
        program.followTo(3);
        found.countDown();
        fitting.join();
        program.followTo(4);
        fit(4, 5);
        end(6);

        assertThat(program.training(Framework.DL4J).epochs()).singleElement().satisfies(epoch -> {
            assertThat(epoch.totalMicrojoules()).isCloseTo(100_000_000, within(4L));
            assertThat(epoch.shared()).isFalse();
        });
    }

    @Test
    void noThreadIsKeptFromBeingCollected() throws InterruptedException {
        program.driven().runTo(SECOND);
        AtomicReference<TrainingEpoch> kept = new AtomicReference<>();
        Thread thread = new Thread(() -> kept.set(program.epoch("doomed", 3)));
        thread.start();
        thread.join();
        WeakReference<Thread> dead = new WeakReference<>(thread);
        thread = null;
        program.followTo(2);

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

    private void fit(double fromSecond, double toSecond) {
        offer(Math.round(fromSecond * SECOND), Boundary.RUN_START, MODEL);
        offer(Math.round(fromSecond * SECOND), Boundary.EPOCH_START, MODEL);
        offer(Math.round(fromSecond * SECOND), Boundary.ITERATION, MODEL);
        program.followTo(toSecond);
        offer(Math.round(toSecond * SECOND), Boundary.EPOCH_END, MODEL);
        offer(Math.round(toSecond * SECOND), Boundary.RUN_END, MODEL);
    }

    private void offer(long nanos, Boundary boundary, int subject) {
        program.offer(SteppedMeter.instant(nanos), boundary, subject, 0.5);
    }

    private void end(double second) {
        program.followTo(second);
        program.finish();
    }
}
