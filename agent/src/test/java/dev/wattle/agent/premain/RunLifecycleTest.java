/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunLifecycleTest {
    private static final LastReport AT_EXIT = new LastReport() {
        @Override
        public void report(Runnable step) {}

        @Override
        public String missing() {
            return "";
        }
    };
    private static final DetachHandler LEAVING = () -> "the summary";

    private final RunLifecycle ending = new RunLifecycle();

    @Test
    void givesItselfToTheFirstDetachOnly() throws Exception {
        ending.started(LEAVING);

        assertThat(ending.claimForDetach(0)).isSameAs(LEAVING);
        assertThatThrownBy(() -> ending.claimForDetach(0)).hasMessageStartingWith("another detach is under way");
    }

    @Test
    void refusesADetachThatComesBeforeAllIsUp() {
        ending.use(AT_EXIT);

        assertThatThrownBy(() -> ending.claimForDetach(1)).hasMessageStartingWith("metering is only starting");
    }

    @Test
    void keepsADetachUntilAllIsUp() throws Exception {
        FutureTask<DetachHandler> detach = new FutureTask<>(() -> ending.claimForDetach(30_000));
        Thread thread = start(detach);
        awaitState(thread, Thread.State.TIMED_WAITING);

        ending.started(LEAVING);

        assertThat(detach.get()).isSameAs(LEAVING);
    }

    @Test
    void refusesADetachWhereTheJvmHasBegunToEnd() throws InterruptedException {
        ending.use(AT_EXIT);
        ending.started(LEAVING);

        assertThat(ending.claimForJvmEnd()).isSameAs(AT_EXIT);

        assertThatThrownBy(() -> ending.claimForDetach(30_000)).hasMessageStartingWith("it is ending");
    }

    @Test
    void aJvmThatEndsDuringADetachWaitsForItAndTellsNothingItself() throws Exception {
        ending.use(AT_EXIT);
        ending.started(LEAVING);
        DetachHandler unused = ending.claimForDetach(0);
        FutureTask<@Nullable LastReport> jvmEnd = new FutureTask<>(ending::claimForJvmEnd);
        Thread thread = start(jvmEnd);
        awaitState(thread, Thread.State.WAITING);

        assertThatThrownBy(() -> jvmEnd.get(0, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        ending.gone();

        assertThat(unused).isNotNull();
        assertThat(jvmEnd.get()).isNull();
    }

    @Test
    void closesWhatTheRunLivedInOnceItsThreadHasEnded() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        Thread ended = start(new FutureTask<>(() -> true));
        ending.livesIn(ended, () -> closed.set(!ended.isAlive()));

        ending.close();

        assertThat(closed).isTrue();
    }

    private static Thread start(FutureTask<?> task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            assertThat(thread.isAlive() && !Thread.currentThread().isInterrupted())
                    .as("it waits")
                    .isTrue();
            Thread.onSpinWait();
        }
    }
}
