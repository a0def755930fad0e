/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.Domains;
import dev.wattle.core.energy.EnergyTimeline;
import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.time.FakeClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metering leaves no garbage in the host's heap. */
class AllocationTest {

    private static final int WARM_UP = 10_000;
    private static final int OPERATIONS = 10_000;
    private static final int ROUNDS = 10;
    private static final long TICK = 100_000_000L;

    private final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final FakeClock clock = new FakeClock();

    @Test
    void aSweepOfTwentyDomainsAllocatesNothing() {
        EnergyDomain[] domains = IntStream.range(0, 20)
                .mapToObj(
                        i -> i < 8 ? Domains.processor(i) : i < 14 ? Domains.board(i) : Domains.powerBoard(i, TICK / 2))
                .toArray(EnergyDomain[]::new);
        ScriptedProbe probe = new ScriptedProbe(clock, domains);
        ProbeReader reader = new ProbeReader(probe, clock, TICK, line -> {});
        List<DomainMeter> processors = reader.meters().subList(0, 8);
        ProcessShareTest.Times times = new ProcessShareTest.Times();
        ProcessShare share = new ProcessShare(times, processors);
        Sampler sampler = new Sampler(List.of(reader), Optional.of(share), clock, TICK, line -> {});
        LongSupplier noCost = () -> 0;

        Runnable sweep = () -> {
            for (int domain = 0; domain < 20; domain++) {
                probe.values[domain] =
                        domain < 14 ? (probe.values[domain] + 30_000_000L) % Domains.INTEL_RANGE : 300_000_000;
            }
            times.process += TICK;
            times.machine += 8 * TICK;
            sampler.tick(noCost);
            clock.advance(TICK);
        };

        assertThat(allocatedBy(sweep)).isZero();
        assertThat(reader.errors()).isZero();
        assertThat(share.microjoules(7)).isPositive();
    }

    @Test
    void readingTheTimelineAllocatesNothing() {
        EnergyTimeline timeline = new EnergyTimeline(1_024);
        for (int i = 0; i < 3_000; i++) {
            timeline.append(i * TICK, i * 30_000_000L);
        }
        long[] sum = new long[1];

        Runnable read = () -> {
            sum[0] += timeline.microjoulesBetween(2_500 * TICK + 7, 2_900 * TICK + 3);
            sum[0] += timeline.microjoulesAt(0) + timeline.latestMicrojoules() + timeline.latestNanos();
        };

        assertThat(allocatedBy(read)).isZero();
        assertThat(sum[0]).isPositive();
    }

    @Test
    void askingForPowerAllocatesNothing() {
        ScriptedProbe probe = new ScriptedProbe(clock, Domains.board(0));
        ProbeReader reader = new ProbeReader(probe, clock, TICK, line -> {});
        for (int i = 0; i < 30; i++) {
            probe.values[0] += 30_000_000;
            reader.sample();
            clock.advance(TICK);
        }
        DomainMeter meter = reader.meters().get(0);
        long[] sum = new long[1];

        assertThat(allocatedBy(() -> sum[0] += meter.microwatts() + meter.microjoules() + meter.averageMicrowatts()))
                .isZero();
        assertThat(sum[0]).isPositive();
    }

    @Test
    void readingAKernelFileAllocatesNothing(@TempDir Path zone) throws IOException {
        Path energy = Files.writeString(zone.resolve("energy_uj"), "262143328850\n");
        try (KernelFile file = new KernelFile(energy, 32);
                RandomAccessFile counter = new RandomAccessFile(energy.toFile(), "rw")) {
            int[] digit = new int[1];
            assertThat(allocatedBy(() -> {
                        step(counter, digit);
                        file.refresh();
                    }))
                    .isZero();
            assertThat(file.onlyNumber()).isBetween(262_143_328_850L, 262_143_328_859L);
        }
    }

    /** The counter changes; a file that does not change is opened again from time to time. */
    private static void step(RandomAccessFile counter, int[] digit) {
        try {
            digit[0] = (digit[0] + 1) % 10;
            counter.seek(11);
            counter.write('0' + digit[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The least of some rounds: the JVM may allocate a few bytes of its own, as when compiled code is given up. */
    private long allocatedBy(Runnable operation) {
        for (int i = 0; i < WARM_UP; i++) {
            operation.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            least = Math.min(least, allocatedByRound(operation));
        }
        return least;
    }

    private long allocatedByRound(Runnable operation) {
        @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
        long thread = Thread.currentThread().getId();
        bean.getThreadAllocatedBytes(thread);
        long before = bean.getThreadAllocatedBytes(thread);
        for (int i = 0; i < OPERATIONS; i++) {
            operation.run();
        }
        return bean.getThreadAllocatedBytes(thread) - before;
    }
}
