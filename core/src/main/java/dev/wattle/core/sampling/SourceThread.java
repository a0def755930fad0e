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
 * What the thread of one source does whose calls may block: it looks for the source, has its domains join, and reads them
 * at its own pace until metering ends.
 *
 * <p>A call that does not return holds up this thread and nothing else; when it returns, the thread goes on. So there is
 * never more than one thread for a source, and its timelines have one writer. Where metering has ended meanwhile, it only
 * closes what it opened and ends. {@link #run} is the thread's, the other methods are for any thread and never wait.
 */
final class SourceThread implements Runnable {

    static final long SEARCH_PATIENCE_NANOS = 5_000_000_000L;
    static final long READING_PATIENCE_NANOS = 2_000_000_000L;

    /** At the end: a last reading that takes longer is not waited for, nor a library that takes longer to close. */
    private static final long LAST_READING_NANOS = 150_000_000L;

    private static final long CLOSING_NANOS = 50_000_000L;

    private static final long LOOK_AGAIN_NANOS = 5_000_000L;

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
            calls.ends();
            answered = true;
            lastRead = true;
            ended = true;
        }
    }

    private Optional<EnergyProbe> search() {
        while (true) {
            calls.begins(clock.nanoTime());
            Look look = source.look(stopped);
            calls.ends();
            if (look.isDone()) {
                return look.probe();
            }
            clock.parkUntil(clock.nanoTime() + LOOK_AGAIN_NANOS);
            // A thread that stays interrupted does not park. Whoever interrupts all threads he finds means others.
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
                read(newLoop, cpuNanos);
            }
        } finally {
            lastRead = true;
            calls.begins(clock.nanoTime());
            newLoop.close();
        }
    }

    private void read(ReadingLoop reading, LongSupplier cpuNanos) {
        while (!stopped) {
            try {
                turn(reading, cpuNanos);
            } catch (OutOfMemoryError full) {
                // A training job may use up the heap and get over it.
                clock.parkUntil(clock.nanoTime() + Sampler.FULL_HEAP_NANOS);
            }
        }
        if (!abandoned) {
            reading.lastTick();
        }
    }

    private void turn(ReadingLoop reading, LongSupplier cpuNanos) {
        waitUntil(reading.next());
        if (!stopped) {
            reading.tick(cpuNanos);
        }
    }

    private void waitUntil(long nanos) {
        while (!stopped && clock.nanoTime() - nanos < 0) {
            clock.parkUntil(nanos);
            Thread.interrupted();
        }
    }

    /** There is no thread for it: it is not metered. */
    void isRefused(Throwable why) {
        answered = true;
        lastRead = true;
        ended = true;
        log.accept("the source " + source.name() + " cannot be metered: " + why);
    }

    /** Metering ends: has the last reading taken and the probe closed, as soon as the source lets it. */
    void stop() {
        stopped = true;
    }

    /** Whether the end of a source that was {@linkplain #stop stopped} is worth waiting for. */
    boolean isEnding(long nowNanos) {
        return !ended && calls.busyNanos(nowNanos) < (lastRead ? CLOSING_NANOS : LAST_READING_NANOS);
    }

    /** What the source tells from now on is of no interest. */
    void abandon() {
        abandoned = true;
        reader.ifPresent(ProbeReader::abandon);
    }

    /** Whether it is known what the source has to tell: it was looked for and read once, or is not there. */
    boolean hasAnswered() {
        return answered;
    }

    /** For how long it is inside one call now, in nanoseconds; 0 where it is in none. */
    long busyNanos(long nowNanos) {
        return ended ? 0 : calls.busyNanos(nowNanos);
    }

    /** What must be said of it where it has not answered for too long. */
    Optional<UnansweredSource> unanswered(long nowNanos) {
        long busy = busyNanos(nowNanos);
        boolean known = reader.isPresent();
        return busy < (known ? READING_PATIENCE_NANOS : SEARCH_PATIENCE_NANOS)
                ? Optional.empty()
                : Optional.of(silentFor(busy));
    }

    /** What must be said of it at the end, where it has not even let its last reading be taken. */
    Optional<UnansweredSource> leftBehind(long nowNanos) {
        return lastRead || ended ? Optional.empty() : Optional.of(silentFor(busyNanos(nowNanos)));
    }

    private UnansweredSource silentFor(long nanos) {
        List<String> devices = reader.stream()
                .flatMap(reads -> reads.meters().stream())
                .filter(meter -> !meter.isRetired())
                .map(meter -> meter.domain().device())
                .toList();
        return new UnansweredSource(source.name(), nanos, devices, source.remedy());
    }

    long missedTicks() {
        return loop.map(ReadingLoop::missedTicks).orElse(0L);
    }
}
