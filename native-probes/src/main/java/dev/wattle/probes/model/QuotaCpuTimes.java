/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import dev.wattle.core.sampling.ProcessorTimes;
import dev.wattle.probes.load.CpuTimes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The processor time of this process, and the time of the processors allocated to it: those of a container, or all of a
 * machine that does not report its times.
 *
 * <p>Used by one thread.
 */
public final class QuotaCpuTimes implements ProcessorTimes {
    private final LongSupplier processNanos;
    private final LongSupplier nanoTime;
    private final double cpus;
    private long process;
    private long capacity;

    private QuotaCpuTimes(LongSupplier processNanos, LongSupplier nanoTime, double cpus) {
        this.processNanos = processNanos;
        this.nanoTime = nanoTime;
        this.cpus = cpus;
    }

    /** For a container's processors; the process times come from a proc root. */
    public static QuotaCpuTimes ofContainer(CpuTimes times, double cpus) {
        return new QuotaCpuTimes(() -> times.refresh() ? times.processNanos() : -1, System::nanoTime, cpus);
    }

    /** For all processors of a machine; the JVM reports the process times, which allocates. */
    public static QuotaCpuTimes ofJvm(double cpus) {
        ProcessHandle process = ProcessHandle.current();
        return new QuotaCpuTimes(
                () -> {
                    Optional<Duration> used = process.info().totalCpuDuration();
                    return used.isPresent() ? used.get().toNanos() : -1;
                },
                System::nanoTime,
                cpus);
    }

    @Override
    public boolean refresh() {
        process = processNanos.getAsLong();
        capacity = (long) (nanoTime.getAsLong() * cpus);
        return process >= 0;
    }

    @Override
    public long processNanos() {
        return process;
    }

    @Override
    public long machineTotalNanos() {
        return capacity;
    }
}
