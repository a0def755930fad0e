/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.probe.EnergyProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The meter: reads a set of probes on one thread of its own and knows the energy of each domain since it was started.
 *
 * <p>What it tells may be asked by any thread, at any time, also after {@link #close()}, which takes a last reading. The
 * meter owns its probes and closes them.
 */
public final class EnergyMeter implements AutoCloseable {

    private static final long CLOSE_MILLIS = 1_000;

    private final SamplingClock clock;
    private final Consumer<String> log;
    private final DomainRegistry registry;
    private final Optional<ProcessShare> processShare;
    private final Sampler sampler;
    private final Thread thread;
    private final long startNanos;
    private final long startMillis;

    private EnergyMeter(
            List<EnergyProbe> probes,
            long periodNanos,
            Optional<ProcessorTimes> times,
            MeterThreads threads,
            SamplingClock clock,
            Consumer<String> log) {
        this.clock = clock;
        this.log = log;
        this.startNanos = clock.nanoTime();
        this.startMillis = clock.wallMillis();
        this.registry = new DomainRegistry(log);
        this.processShare = times.map(source -> new ProcessShare(source, List.of()));
        processShare.ifPresent(share -> registry.whenJoined(share::join));
        List<ProbeReader> readers = new ArrayList<>();
        for (EnergyProbe probe : probes) {
            ProbeReader reader = new ProbeReader(probe, clock, periodNanos, log);
            readers.add(reader);
            registry.join(reader);
        }
        this.sampler = new Sampler(readers, processShare, clock, periodNanos, log);
        sampler.rehearseWith(Rehearsal.of(probes, clock, periodNanos));
        this.thread = threads.create("sampler", sampler);
    }

    /**
     * Begins to meter.
     *
     * @param probes what to read; each belongs to this meter from here on
     * @param periodNanos the time between two readings
     * @param times processor times for {@link #processShare()}; empty where they cannot be read
     * @param threads counts the meter's own cost
     * @param log takes a line for a person, at most a few in a run; called by the sampling thread
     */
    public static EnergyMeter start(
            List<EnergyProbe> probes,
            long periodNanos,
            Optional<ProcessorTimes> times,
            MeterThreads threads,
            SamplingClock clock,
            Consumer<String> log) {
        EnergyMeter meter = new EnergyMeter(probes, periodNanos, times, threads, clock, log);
        meter.thread.start();
        return meter;
    }

    /** Meters what a further probe reads, from the next reading on; the probe belongs to this meter from here on. */
    public void join(EnergyProbe probe) {
        ProbeReader reader = new ProbeReader(probe, clock, sampler.periodNanos(), log);
        if (sampler.add(reader)) {
            registry.join(reader);
        }
    }

    /** The domains so far, in the order in which they joined. A later list begins with an earlier one. */
    public List<DomainMeter> domains() {
        return registry.domains();
    }

    /**
     * Tells the action of each domain once: now of those that are there, and of others as they join, on whatever thread
     * has them join. It must not wait.
     */
    public void whenJoined(Consumer<DomainMeter> action) {
        registry.whenJoined(action);
    }

    /** This JVM's share of the processors' energy; empty where processor times cannot be read. */
    public Optional<ProcessShare> processShare() {
        return processShare;
    }

    /** How this JVM uses the accelerators, for those of which that can be told. */
    public List<Tenant> tenants() {
        return registry.tenants();
    }

    /** How this JVM uses a domain, where that can be told. */
    public Optional<Tenant> tenant(DomainMeter domain) {
        List<Tenant> tenants = tenants();
        for (int i = 0; i < tenants.size(); i++) {
            if (tenants.get(i).domain() == domain) {
                return Optional.of(tenants.get(i));
            }
        }
        return Optional.empty();
    }

    /** The energy of all domains that belong to this run, in microjoules. */
    public long microjoules() {
        long sum = 0;
        for (DomainMeter domain : domains()) {
            sum += isOurs(domain) ? domain.microjoules() : 0;
        }
        return sum;
    }

    /** Whether a domain's energy belongs to this run: that of accelerators which other programs use does not. */
    public boolean isOurs(DomainMeter domain) {
        return tenant(domain).map(Tenant::isOurs).orElse(true);
    }

    /** The names of the probes, each with how many of its readings failed. */
    public List<ProbeErrors> probeErrors() {
        return registry.probes();
    }

    /** How many instants of the sampling grid passed without a reading. */
    public long missedTicks() {
        return sampler.missedTicks();
    }

    /** How often the probes were read. */
    public long ticks() {
        return sampler.ticks();
    }

    /** The time between two readings now, in nanoseconds; it grows where reading costs too much. */
    public long periodNanos() {
        return sampler.periodNanos();
    }

    /** When metering began, in milliseconds since the epoch. */
    public long startMillis() {
        return startMillis;
    }

    /** For how long it has metered, in nanoseconds; stops with {@link #close()}. */
    public long elapsedNanos() {
        long end = sampler.endNanos();
        return (end == Sampler.RUNNING ? clock.nanoTime() : end) - startNanos;
    }

    /** Whether the last reading has been taken. */
    public boolean isClosed() {
        return sampler.endNanos() != Sampler.RUNNING;
    }

    /** Takes a last reading and ends the thread; waits a second for it at the most. */
    @Override
    public void close() {
        sampler.stop();
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many readings of one probe failed, asked anew at each call. */
    public record ProbeErrors(String probe, LongSupplier errors) {}
}
