/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.EnergySource;
import dev.wattle.core.probe.EnergySource.Look;
import dev.wattle.core.time.SamplingClock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The work of the thread of one source that may block: it searches the source, makes its domains join, and reads them until
 * metering ends.
 *
 * <p>A call that does not return holds up this thread and nothing else. When it returns, the thread continues; if metering has
 * ended meanwhile, the thread closes what it opened and ends. A source therefore never has more than one thread, and its
 * timelines have one writer.
 *
 * <p>{@link #run} is for the thread. The other methods are for any thread and never wait.
 */
final class SourceThread implements Runnable {

    /** A source that has not answered for this time is reported. */
    static final long SEARCH_PATIENCE_NANOS = 5_000_000_000L;

    static final long READING_PATIENCE_NANOS = 2_000_000_000L;

    /** At the end a last reading, or the close of a library, that takes longer is not waited for. */
    private static final long LAST_READING_NANOS = 150_000_000L;

    private static final long CLOSING_NANOS = 50_000_000L;

    private static final long SEARCH_PERIOD_NANOS = 5_000_000L;

    private final EnergySource source;
    private final DomainRegistry registry;
    private final SamplingClock clock;
    private final long periodNanos;
    private final Consumer<String> log;
    private final BlockingCall calls = new BlockingCall();

    private volatile Optional<ProbeReader> reader = Optional.empty();
    private volatile Optional<ReadingLoop> loop = Optional.empty();
    private volatile boolean answered;
    private volatile boolean stopped;
    private volatile boolean abandoned;
    private volatile boolean lastRead;
    private volatile boolean ended;

    SourceThread(
            EnergySource source, DomainRegistry registry, SamplingClock clock, long periodNanos, Consumer<String> log) {
        this.source = source;
        this.registry = registry;
        this.clock = clock;
        this.periodNanos = periodNanos;
        this.log = log;
    }

    String name() {
        return source.name();
    }

    @Override
    public void run() {
        try (ThreadCpu cpu = ThreadCpu.ofCurrentThread()) {
            search().ifPresent(probe -> meter(probe, cpu::nanos));
        } catch (Throwable e) {
            if (!abandoned) {
                log.accept("the source " + source.name() + " is metered no longer: " + e);
            }
        } finally {
            calls.end();
            hasEnded();
        }
    }

    /** The thread could not be started: the source is not metered. */
    void cannotStart(Throwable why) {
        hasEnded();
        log.accept("the source " + source.name() + " cannot be metered: " + why);
    }

    /** Asks for the last reading and the close of the probe, as soon as the source allows. */
    void stop() {
        stopped = true;
    }

    /** Ignores what the source reports from now on. */
    void abandon() {
        abandoned = true;
        reader.ifPresent(ProbeReader::abandon);
    }

    /** Whether the end of a source that was {@linkplain #stop stopped} is worth waiting for. */
    boolean isEnding(long nowNanos) {
        return !ended && calls.busyNanos(nowNanos) < (lastRead ? CLOSING_NANOS : LAST_READING_NANOS);
    }

    /** Whether the source was read once, or turned out not to exist. */
    boolean hasAnswered() {
        return answered;
    }

    /** How long the source has been inside one call, in nanoseconds; 0 if it is in none. */
    long busyNanos(long nowNanos) {
        return ended ? 0 : calls.busyNanos(nowNanos);
    }

    /** The report that the source has not answered for too long; empty if it answers. */
    Optional<UnansweredSource> unanswered(long nowNanos) {
        long busy = busyNanos(nowNanos);
        long patience = reader.isPresent() ? READING_PATIENCE_NANOS : SEARCH_PATIENCE_NANOS;
        return busy < patience ? Optional.empty() : Optional.of(unansweredFor(busy));
    }

    /** The report at the end that the last reading is missing; empty if it was taken. */
    Optional<UnansweredSource> leftBehind(long nowNanos) {
        return lastRead || ended ? Optional.empty() : Optional.of(unansweredFor(busyNanos(nowNanos)));
    }

    long missedTicks() {
        return loop.map(ReadingLoop::missedTicks).orElse(0L);
    }

    private Optional<EnergyProbe> search() {
        while (true) {
            calls.start(clock.nanoTime());
            Look look = source.look(stopped);
            calls.end();
            if (look.isDone()) {
                return look.probe();
            }
            clock.parkUntil(clock.nanoTime() + SEARCH_PERIOD_NANOS);
            // An interrupted thread does not park. An interrupt from the host is not meant for this thread.
            Thread.interrupted();
        }
    }

    private void meter(EnergyProbe probe, LongSupplier cpuNanos) {
        ProbeReader newReader = new ProbeReader(probe, clock, periodNanos, log, calls);
        ReadingLoop newLoop = new ReadingLoop(clock, periodNanos, "reading " + source.name(), log);
        newLoop.add(newReader);
        try {
            if (!stopped) {
                reader = Optional.of(newReader);
                loop = Optional.of(newLoop);
                registry.join(newReader);
                newLoop.tick(cpuNanos);
                answered = true;
                readUntilStopped(newLoop, cpuNanos);
            }
        } finally {
            lastRead = true;
            calls.start(clock.nanoTime());
            newLoop.close();
        }
    }

    private void readUntilStopped(ReadingLoop readings, LongSupplier cpuNanos) {
        while (!stopped) {
            try {
                waitUntil(readings.next());
                if (!stopped) {
                    readings.tick(cpuNanos);
                }
            } catch (OutOfMemoryError full) {
                // A training job may fill the heap and recover.
                clock.parkUntil(clock.nanoTime() + Sampler.FULL_HEAP_NANOS);
            }
        }
        if (!abandoned) {
            readings.lastTick();
        }
    }

    private void waitUntil(long nanos) {
        while (!stopped && clock.nanoTime() - nanos < 0) {
            clock.parkUntil(nanos);
            Thread.interrupted();
        }
    }

    private void hasEnded() {
        answered = true;
        lastRead = true;
        ended = true;
    }

    private UnansweredSource unansweredFor(long nanos) {
        List<String> devices = reader.stream()
                .flatMap(reads -> reads.meters().stream())
                .filter(meter -> !meter.isRetired())
                .map(meter -> meter.domain().device())
                .toList();
        return new UnansweredSource(source.name(), nanos, devices, source.remedy());
    }
}
