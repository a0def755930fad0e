/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.time.SamplingClock;
import dev.wattle.probes.source.Findings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The real meter over a fake library on virtual time: where the meter would wait, the library's clock moves on instead,
 * so that a minute passes in milliseconds and every run is the same but for the sampling's jitter.
 */
final class SimulatedMeter implements SamplingClock, AutoCloseable {
    private static final long WALL_MILLIS = 1_767_225_600_000L;

    private final FakeNvml nvml;
    private final Findings findings;
    private final EnergyMeter meter;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore arrived = new Semaphore(0);
    private volatile long limitNanos;

    private SimulatedMeter(FakeNvml nvml, Findings findings, List<EnergyProbe> more, long periodNanos) {
        this.nvml = nvml;
        this.findings = findings;
        List<EnergyProbe> probes =
                Stream.concat(findings.probe().stream(), more.stream()).toList();
        this.meter = EnergyMeter.start(probes, periodNanos, Optional.empty(), new MeterThreads(), this, log::add);
    }

    static SimulatedMeter over(FakeNvml nvml, Path procRoot) {
        return over(nvml, procRoot, Map.of(), 100_000_000L);
    }

    static SimulatedMeter over(FakeNvml nvml, Path procRoot, Map<String, String> environment, long periodNanos) {
        return new SimulatedMeter(
                nvml, NvmlSource.find(procRoot, Optional.of(nvml.library()), environment), List.of(), periodNanos);
    }

    /** Over other probes too. */
    static SimulatedMeter beside(FakeNvml nvml, Path procRoot, EnergyProbe more) {
        Findings found = NvmlSource.find(procRoot, Optional.of(nvml.library()), Map.of());
        return new SimulatedMeter(nvml, found, List.of(more), 100_000_000L);
    }

    /** Lets the library's time run to an instant, in seconds since t = 0. */
    SimulatedMeter runTo(double seconds) {
        limitNanos = Math.round(seconds * 1e9);
        arrived.drainPermits();
        arrived.acquireUninterruptibly();
        return this;
    }

    Findings findings() {
        return findings;
    }

    EnergyMeter meter() {
        return meter;
    }

    DomainMeter gpu(int domain) {
        return meter.domains().get(domain);
    }

    DeviceOwnership tenant(int domain) {
        return meter.ownerships().get(domain);
    }

    List<String> log() {
        return List.copyOf(log);
    }

    double joules(int domain) {
        return gpu(domain).microjoules() / 1e6;
    }

    /** What the meter says was used between two instants, in seconds since t = 0. */
    double joules(int domain, double from, double to) {
        long microjoules = gpu(domain).timeline().microjoulesBetween(Math.round(from * 1e9), Math.round(to * 1e9));
        if (microjoules < 0) {
            throw new AssertionError("not known from " + from + " s to " + to + " s: " + microjoules);
        }
        return microjoules / 1e6;
    }

    /** What was really used. */
    double truth(int gpu, double from, double to) {
        return nvml.joules(gpu, Math.round(from * 1e9), Math.round(to * 1e9));
    }

    @Override
    public long nanoTime() {
        return nvml.nanoTime();
    }

    @Override
    public long wallMillis() {
        return WALL_MILLIS + nanoTime() / 1_000_000;
    }

    @Override
    public void parkUntil(long nanos) {
        if (nanos <= limitNanos) {
            nvml.advanceTo(nanos);
        } else {
            arrived.release();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        meter.close();
    }
}
