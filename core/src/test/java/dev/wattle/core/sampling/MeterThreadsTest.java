/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MeterThreadsTest {

    private final MeterThreads threads = new MeterThreads();

    @Test
    void makesNamedDaemonThreads() {
        Thread thread = threads.create("sampler", () -> {});

        assertThat(thread.getName()).isEqualTo("wattle-sampler");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
    }

    @Test
    void givesNothingOfTheHostToItsThreads() throws InterruptedException {
        InheritableThreadLocal<String> hosts = new InheritableThreadLocal<>();
        hosts.set("the host's");
        AtomicLong inherited = new AtomicLong();
        Thread thread = threads.create("sampler", () -> inherited.set(hosts.get() == null ? 0 : 1));
        thread.start();
        thread.join();

        assertThat(inherited).hasValue(0);
        assertThat(thread.getContextClassLoader()).isNotEqualTo(ClassLoader.getPlatformClassLoader());
    }

    @Test
    void runsItsThreadsAtNormalPriorityWhateverTheirCreatorHas() {
        Thread host = Thread.currentThread();
        int before = host.getPriority();
        host.setPriority(Thread.MIN_PRIORITY);
        try {
            assertThat(threads.create("sampler", () -> {}).getPriority()).isEqualTo(Thread.NORM_PRIORITY);
        } finally {
            host.setPriority(before);
        }
    }

    @Test
    void addsUpTheProcessorTimeOfItsThreadsAndKeepsItWhenTheyEnd() throws InterruptedException {
        assertThat(threads.cpuNanos()).isZero();
        AtomicLong used = new AtomicLong();
        for (int i = 0; i < 2; i++) {
            Thread thread = threads.create("worker", () -> used.addAndGet(workFor(20_000_000)));
            thread.start();
            thread.join();
        }

        long after = threads.cpuNanos();
        assertThat(after).isGreaterThanOrEqualTo(used.get());
        assertThat(threads.cpuNanos()).isEqualTo(after);
    }

    @Test
    void countsInAThreadThatOthersMade() {
        threads.count(() -> {
            workFor(5_000_000);
            assertThat(threads.cpuNanos()).isGreaterThanOrEqualTo(5_000_000);
        });

        assertThat(threads.cpuNanos()).isGreaterThanOrEqualTo(5_000_000);
    }

    @Test
    void anErrorThatEndsAThreadDoesNotReachTheProgram() throws InterruptedException {
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, why) -> uncaught.set(why));
        try {
            Thread thread = threads.create("failing", () -> {
                throw new OutOfMemoryError("Java heap space");
            });
            thread.start();
            thread.join();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }

        assertThat(uncaught).hasNullValue();
    }

    @Test
    void keepsApartWhatStartingTook() {
        assertThat(threads.startCpuNanos()).isEqualTo(MeterThreads.UNKNOWN);
        threads.count(() -> {
            workFor(5_000_000);
            threads.started();
            workFor(5_000_000);
        });

        assertThat(threads.startCpuNanos()).isGreaterThanOrEqualTo(5_000_000);
        assertThat(threads.cpuNanos()).isGreaterThanOrEqualTo(threads.startCpuNanos() + 5_000_000);
    }

    private static long workFor(long cpuNanos) {
        try (ThreadCpu cpu = ThreadCpu.ofCurrentThread()) {
            long start = cpu.nanos();
            while (cpu.nanos() - start < cpuNanos) {
                Thread.onSpinWait();
            }
            return cpu.nanos() - start;
        }
    }
}
