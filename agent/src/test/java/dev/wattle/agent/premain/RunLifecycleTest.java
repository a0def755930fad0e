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
    private static final DetachHandler HANDLER = () -> "the summary";

    private final RunLifecycle lifecycle = new RunLifecycle();

    @Test
    void isClaimedByTheFirstDetachOnly() throws Exception {
        lifecycle.started(HANDLER);

        assertThat(lifecycle.claimForDetach(0)).isSameAs(HANDLER);
        assertThatThrownBy(() -> lifecycle.claimForDetach(0)).hasMessageStartingWith("another detach is in progress");
    }

    @Test
    void refusesADetachBeforeTheRunHasStarted() {
        lifecycle.setReport(AT_EXIT);

        assertThatThrownBy(() -> lifecycle.claimForDetach(1)).hasMessageStartingWith("metering is still starting");
    }

    @Test
    void letsADetachWaitUntilTheRunHasStarted() throws Exception {
        FutureTask<DetachHandler> detach = new FutureTask<>(() -> lifecycle.claimForDetach(30_000));
        Thread thread = start(detach);
        awaitState(thread, Thread.State.TIMED_WAITING);

        lifecycle.started(HANDLER);

        assertThat(detach.get()).isSameAs(HANDLER);
    }

    @Test
    void refusesADetachWhenTheJvmIsEnding() throws InterruptedException {
        lifecycle.setReport(AT_EXIT);
        lifecycle.started(HANDLER);

        assertThat(lifecycle.claimForJvmEnd()).isSameAs(AT_EXIT);

        assertThatThrownBy(() -> lifecycle.claimForDetach(30_000)).hasMessageStartingWith("it is ending");
    }

    @Test
    void aJvmThatEndsDuringADetachWaitsForItAndReportsNothing() throws Exception {
        lifecycle.setReport(AT_EXIT);
        lifecycle.started(HANDLER);
        DetachHandler unused = lifecycle.claimForDetach(0);
        FutureTask<@Nullable LastReport> jvmEnd = new FutureTask<>(lifecycle::claimForJvmEnd);
        Thread thread = start(jvmEnd);
        awaitState(thread, Thread.State.WAITING);

        assertThatThrownBy(() -> jvmEnd.get(0, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        lifecycle.finish();

        assertThat(unused).isNotNull();
        assertThat(jvmEnd.get()).isNull();
    }

    @Test
    void closesTheLoaderOnceTheThreadHasEnded() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        Thread ended = start(new FutureTask<>(() -> true));
        lifecycle.setResources(ended, () -> closed.set(!ended.isAlive()));

        lifecycle.close();

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
