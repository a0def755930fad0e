/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.energy.CounterPace;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.EnergySource;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads probes on its own threads and knows the energy of each domain since it was started.
 *
 * <p>Probes that cannot block share a thread. A source that may block has a thread of its own, and its domains join when it
 * answers. The meter owns its probes and closes them.
 *
 * <p>Thread-safe. All questions may be asked at any time, also after {@link #close()}, which takes a last reading.
 */
public final class EnergyMeter implements AutoCloseable {

    private static final long CLOSE_MILLIS = 1_000;
    private static final long RUNNING = Long.MIN_VALUE;

    private final SamplingClock clock;
    private final Consumer<String> log;
    private final DomainRegistry registry;
    private final Optional<ProcessShare> processShare;
    private final SourceThreads sources;
    private final SourceMonitor sourceMonitor;
    private final Sampler sampler;
    private final Thread samplerThread;
    private final long startNanos;
    private final AtomicLong endNanos = new AtomicLong(RUNNING);
    private volatile List<UnansweredSource> unansweredAtEnd = List.of();

    private EnergyMeter(
            List<EnergyProbe> probes,
            List<EnergySource> sources,
            long periodNanos,
            Optional<ProcessorTimes> times,
            MeterThreads threads,
            SamplingClock clock,
            Consumer<String> log) {
        this.clock = clock;
        this.log = log;
        this.startNanos = clock.nanoTime();
        this.registry = new DomainRegistry(log);
        this.processShare = times.map(source -> new ProcessShare(source, List.of()));
        registry.whenJoined(this::joined);
        List<ProbeReader> readers = new ArrayList<>();
        for (EnergyProbe probe : probes) {
            ProbeReader reader = new ProbeReader(probe, clock, periodNanos, log);
            readers.add(reader);
            registry.join(reader);
        }
        List<EnergySource> blocking =
                sources.stream().filter(EnergySource::mayBlock).toList();
        List<EnergySource> plain =
                sources.stream().filter(source -> !source.mayBlock()).toList();
        this.sources = new SourceThreads(blocking, registry, periodNanos, threads, clock, log);
        this.sourceMonitor = new SourceMonitor(plain, this.sources.sources(), this::join, startNanos, log);
        this.sampler = new Sampler(readers, processShare, clock, periodNanos, log, sourceMonitor);
        this.samplerThread = threads.create("sampler", sampler);
    }

    /**
     * Starts to meter probes that cannot block.
     *
     * @param probes what to read; the meter owns each probe from here on
     * @param periodNanos the time between two readings, in nanoseconds
     * @param times processor times for {@link #processShare()}; empty if they cannot be read
     * @param threads creates the meter's threads and counts their processor time
     * @param log takes lines for a person, a few in a run; called by the sampling thread
     */
    public static EnergyMeter start(
            List<EnergyProbe> probes,
            long periodNanos,
            Optional<ProcessorTimes> times,
            MeterThreads threads,
            SamplingClock clock,
            Consumer<String> log) {
        return start(probes, List.of(), periodNanos, times, threads, clock, log);
    }

    /**
     * Starts to meter.
     *
     * @param probes what to read at once, on the sampling thread; they must not block, and the meter owns them from here on
     * @param sources what to search meanwhile; their domains join when they answer
     * @param periodNanos the time between two readings, in nanoseconds; a counter that would wrap unseen is read more often
     * @param times processor times for {@link #processShare()}; empty if they cannot be read
     * @param threads creates the meter's threads and counts their processor time
     * @param log takes lines for a person, a few in a run; called by the threads that read
     */
    public static EnergyMeter start(
            List<EnergyProbe> probes,
            List<EnergySource> sources,
            long periodNanos,
            Optional<ProcessorTimes> times,
            MeterThreads threads,
            SamplingClock clock,
            Consumer<String> log) {
        EnergyMeter meter = new EnergyMeter(probes, sources, periodNanos, times, threads, clock, log);
        meter.samplerThread.start();
        meter.sources.start();
        return meter;
    }

    /** Meters a further probe from the next reading on; it must not block, and the meter owns it from here on. */
    public void join(EnergyProbe probe) {
        ProbeReader reader = new ProbeReader(probe, clock, sampler.periodNanos(), log);
        if (sampler.add(reader)) {
            registry.join(reader);
        }
    }

    /** The domains so far, in the order in which they joined. A later list starts with the domains of an earlier one. */
    public List<DomainMeter> domains() {
        return registry.domains();
    }

    /** Runs the action once for each domain: now, or on the thread that makes it join. The action must not wait. */
    public void whenJoined(Consumer<DomainMeter> action) {
        registry.whenJoined(action);
    }

    /** Runs the action for the domains that join from now on, once for each source. It must neither wait nor throw. */
    public void whenJoinedTogether(Consumer<List<DomainMeter>> action) {
        registry.whenJoinedTogether(action);
    }

    /**
     * Runs the action once for each domain whose readings are not believed: now, or on the thread that reads the domain. The
     * action must not wait.
     */
    public void whenSuspect(Consumer<DomainMeter> action) {
        registry.whenSuspect(action);
    }

    /** This JVM's share of the processors' energy; empty if processor times cannot be read. */
    public Optional<ProcessShare> processShare() {
        return processShare;
    }

    /** How this JVM uses the accelerators, as far as that is known. */
    public List<DeviceOwnership> ownerships() {
        return registry.ownerships();
    }

    /** How this JVM uses a domain; empty if that is not known. */
    public Optional<DeviceOwnership> ownership(DomainMeter domain) {
        List<DeviceOwnership> ownerships = ownerships();
        for (int i = 0; i < ownerships.size(); i++) {
            if (ownerships.get(i).domain() == domain) {
                return Optional.of(ownerships.get(i));
            }
        }
        return Optional.empty();
    }

    /** Whether a domain's energy belongs to this run; that of accelerators in use by other programs does not. */
    public boolean isOurs(DomainMeter domain) {
        return ownership(domain).map(DeviceOwnership::isOurs).orElse(true);
    }

    /** The source that reads a domain, as configuration names it, such as {@code nvml}. */
    public String source(DomainMeter domain) {
        return registry.source(domain);
    }

    /** The energy of all domains that belong to this run, in microjoules. */
    public long microjoules() {
        long sum = 0;
        for (DomainMeter domain : domains()) {
            sum += isOurs(domain) ? domain.microjoules() : 0;
        }
        return sum;
    }

    /** The probes whose domains have joined, with their failed readings. */
    public List<ProbeErrors> probeErrors() {
        return registry.probes();
    }

    /** How many readings of the sampling grid were missed. */
    public long missedTicks() {
        return sampler.missedTicks() + sources.missedTicks();
    }

    /** How often the probes were read. */
    public long ticks() {
        return sampler.ticks();
    }

    /** The time between two readings now, in nanoseconds; it grows if reading costs too much. */
    public long periodNanos() {
        return sampler.periodNanos();
    }

    /** How long it has metered, in nanoseconds; stops with {@link #close()}. */
    public long elapsedNanos() {
        long end = endNanos.get();
        return (end == RUNNING ? clock.nanoTime() : end) - startNanos;
    }

    /** Whether the last readings have been taken. */
    public boolean isClosed() {
        return endNanos.get() != RUNNING;
    }

    /**
     * The sources that have not answered for seconds; after {@link #close()} the sources whose last reading is missing.
     */
    public List<UnansweredSource> unanswered() {
        return isClosed() ? unansweredAtEnd : sources.unanswered();
    }

    /** Whether every source was read once, or turned out not to exist. */
    public boolean isSettled() {
        return sources.haveAnswered() && sourceMonitor.isSettled();
    }

    /** Whether a source has been inside one call for longer than this, so that its domains are missing something. */
    boolean isHeldUp(long nanos) {
        return sources.isHeldUp(nanos);
    }

    /**
     * Takes a last reading and ends the threads.
     *
     * <p>Waits at most a second for the plain files and a second for sources that answer slowly. A source that hangs is
     * waited for until its call has lasted 0.15 s, or 0.05 s if it is only closing; its thread ends when its call returns.
     */
    @Override
    public synchronized void close() {
        if (isClosed()) {
            return;
        }
        sampler.stop();
        LockSupport.unpark(samplerThread);
        sources.stop();
        try {
            samplerThread.join(CLOSE_MILLIS);
            sources.await(CLOSE_MILLIS * 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        unansweredAtEnd = sources.abandon();
        long end = sampler.endNanos() == Sampler.RUNNING ? clock.nanoTime() : sampler.endNanos();
        endNanos.set(end);
        domains().forEach(domain -> domain.end(end));
    }

    private void joined(DomainMeter domain) {
        processShare.ifPresent(share -> share.join(domain));
        CounterPace.warning(domain.domain()).ifPresent(log);
    }

    /**
     * A probe and how many of its readings failed.
     *
     * @param probe its name
     * @param errors the number now
     */
    public record ProbeErrors(String probe, LongSupplier errors) {}
}
