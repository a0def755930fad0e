/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
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
 * The meter: reads probes on threads of its own and knows the energy of each domain since it was started. Probes of plain
 * files share a thread; a source that may block has one for itself, and its domains join when it answers.
 *
 * <p>What it tells may be asked by any thread, at any time, also after {@link #close()}, which takes a last reading. The
 * meter owns its probes and closes them.
 */
public final class EnergyMeter implements AutoCloseable {

    private static final long CLOSE_MILLIS = 1_000;
    private static final long POLL_NANOS = 1_000_000;
    private static final long RUNNING = Long.MIN_VALUE;

    private final SamplingClock clock;
    private final Consumer<String> log;
    private final DomainRegistry registry;
    private final Optional<ProcessShare> processShare;
    private final List<SourceThread> sources;
    private final SourceMonitor watch;
    private final Sampler sampler;
    private volatile List<UnansweredSource> unansweredAtEnd = List.of();
    private final List<Thread> threads = new ArrayList<>();
    private final long startNanos;
    private final long startMillis;
    private final AtomicLong endNanos = new AtomicLong(RUNNING);

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
        this.startMillis = clock.wallMillis();
        this.registry = new DomainRegistry(log);
        this.processShare = times.map(source -> new ProcessShare(source, List.of()));
        registry.whenJoined(this::joined);
        List<ProbeReader> readers = new ArrayList<>();
        for (EnergyProbe probe : probes) {
            ProbeReader reader = new ProbeReader(probe, clock, periodNanos, log);
            readers.add(reader);
            registry.join(reader);
        }
        this.sources = sources.stream()
                .filter(EnergySource::mayBlock)
                .map(source -> new SourceThread(source, registry, clock, periodNanos, log))
                .toList();
        this.watch = new SourceMonitor(
                sources.stream().filter(source -> !source.mayBlock()).toList(),
                this.sources,
                this::join,
                startNanos,
                log);
        this.sampler = new Sampler(readers, processShare, clock, periodNanos, log, watch);
        this.threads.add(threads.create("sampler", sampler));
        this.sources.forEach(source -> this.threads.add(threads.create("source-" + source.name(), source)));
    }

    private void joined(DomainMeter domain) {
        processShare.ifPresent(share -> share.join(domain));
        CounterPace.warning(domain.domain()).ifPresent(log);
    }

    /**
     * Begins to meter probes that cannot block.
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
        return start(probes, List.of(), periodNanos, times, threads, clock, log);
    }

    /**
     * Begins to meter.
     *
     * @param probes what to read at once, on the sampling thread; they cannot block and belong to this meter from here on
     * @param sources what to look for meanwhile; their domains join as they answer
     * @param periodNanos the time between two readings; a counter that would wrap unseen is read more often
     * @param times processor times for {@link #processShare()}; empty where they cannot be read
     * @param threads counts the meter's own cost
     * @param log takes a line for a person, at most a few in a run; called by the threads that read
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
        meter.threads.get(0).start();
        for (int i = 0; i < meter.sources.size(); i++) {
            meter.startSource(i);
        }
        return meter;
    }

    private void startSource(int index) {
        try {
            threads.get(index + 1).start();
        } catch (Throwable t) {
            // No memory for another thread costs one source, not the others.
            sources.get(index).isRefused(t);
        }
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

    /** Tells the action of the domains that join from now on, all of one source together. It must neither wait nor throw. */
    public void whenJoinedTogether(Consumer<List<DomainMeter>> action) {
        registry.whenJoinedTogether(action);
    }

    /**
     * Tells the action of each domain whose readings are not believed any longer, once; on the thread that reads it, or on
     * this one where it is known already. It must not wait.
     */
    public void whenSuspect(Consumer<DomainMeter> action) {
        registry.whenSuspect(action);
    }

    /** This JVM's share of the processors' energy; empty where processor times cannot be read. */
    public Optional<ProcessShare> processShare() {
        return processShare;
    }

    /** How this JVM uses the accelerators, for those of which that can be told. */
    public List<DeviceOwnership> ownerships() {
        return registry.ownerships();
    }

    /** How this JVM uses a domain, where that can be told. */
    public Optional<DeviceOwnership> ownership(DomainMeter domain) {
        List<DeviceOwnership> ownerships = ownerships();
        for (int i = 0; i < ownerships.size(); i++) {
            if (ownerships.get(i).domain() == domain) {
                return Optional.of(ownerships.get(i));
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
        return ownership(domain).map(DeviceOwnership::isOurs).orElse(true);
    }

    /** The names of the probes, each with how many of its readings failed. */
    public List<ProbeErrors> probeErrors() {
        return registry.probes();
    }

    /** How many instants of the sampling grid passed without a reading. */
    public long missedTicks() {
        long missed = sampler.missedTicks();
        for (int i = 0; i < sources.size(); i++) {
            missed += sources.get(i).missedTicks();
        }
        return missed;
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
        long end = endNanos.get();
        return (end == RUNNING ? clock.nanoTime() : end) - startNanos;
    }

    /** Whether the last readings have been taken. */
    public boolean isClosed() {
        return endNanos.get() != RUNNING;
    }

    /**
     * The sources that do not answer now although they were asked seconds ago; after {@link #close()} those that did not
     * answer then.
     */
    public List<UnansweredSource> unanswered() {
        if (isClosed()) {
            return unansweredAtEnd;
        }
        long now = clock.nanoTime();
        return sources.stream()
                .flatMap(source -> source.unanswered(now).stream())
                .toList();
    }

    /** Whether every source was looked for and read once, or turned out not to be there. */
    public boolean isSettled() {
        for (int i = 0; i < sources.size(); i++) {
            if (!sources.get(i).hasAnswered()) {
                return false;
            }
        }
        return watch.isSettled();
    }

    /** Whether a source is held up in a call for so long now that its domains, known or not, are missing something. */
    public boolean isHeldUp(long heldNanos) {
        long now = clock.nanoTime();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).busyNanos(now) > heldNanos) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes a last reading and ends the threads; waits a second for the plain files and one for sources that answer slowly, at
     * the most. A source that hangs is waited for until its call has lasted 0.15 s, and 0.05 s where it only closes: its
     * thread ends when its call returns.
     */
    @Override
    public synchronized void close() {
        if (isClosed()) {
            return;
        }
        sources.forEach(SourceThread::stop);
        sampler.stop();
        threads.forEach(LockSupport::unpark);
        try {
            threads.get(0).join(CLOSE_MILLIS);
            awaitSources();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sources.forEach(SourceThread::abandon);
        long now = clock.nanoTime();
        unansweredAtEnd = sources.stream()
                .flatMap(source -> source.leftBehind(now).stream())
                .toList();
        long end = sampler.endNanos() == Sampler.RUNNING ? clock.nanoTime() : sampler.endNanos();
        endNanos.set(end);
        domains().forEach(domain -> domain.end(end));
    }

    /** By the meter's own clock, so that what is waited for a source that hangs can be told to the millisecond. */
    private void awaitSources() throws InterruptedException {
        long deadline = clock.nanoTime() + CLOSE_MILLIS * 1_000_000;
        while (isEnding() && deadline - clock.nanoTime() > 0) {
            clock.parkUntil(clock.nanoTime() + POLL_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private boolean isEnding() {
        long now = clock.nanoTime();
        for (SourceThread source : sources) {
            if (source.isEnding(now)) {
                return true;
            }
        }
        return false;
    }

    /** How many readings of one probe failed, asked anew at each call. */
    public record ProbeErrors(String probe, LongSupplier errors) {}
}
