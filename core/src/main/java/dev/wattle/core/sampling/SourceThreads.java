/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.probe.EnergySource;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The threads of the sources that may block, one for each. Nothing here waits for a source, except {@link #await}. */
final class SourceThreads {

    private static final long POLL_NANOS = 1_000_000;

    private final SamplingClock clock;
    private final List<SourceThread> sources;
    private final List<Thread> threads = new ArrayList<>();

    SourceThreads(
            List<EnergySource> sources,
            DomainRegistry registry,
            long periodNanos,
            MeterThreads threads,
            SamplingClock clock,
            Consumer<String> log) {
        this.clock = clock;
        this.sources = sources.stream()
                .map(source -> new SourceThread(source, registry, clock, periodNanos, log))
                .toList();
        for (SourceThread source : this.sources) {
            this.threads.add(threads.create("source-" + source.name(), source));
        }
    }

    List<SourceThread> sources() {
        return sources;
    }

    void start() {
        for (int i = 0; i < threads.size(); i++) {
            try {
                threads.get(i).start();
            } catch (Throwable t) {
                // A lack of memory for another thread costs one source, not the others.
                sources.get(i).cannotStart(t);
            }
        }
    }

    /** Asks all sources for their last reading. */
    void stop() {
        sources.forEach(SourceThread::stop);
        threads.forEach(LockSupport::unpark);
    }

    /**
     * Waits for the last readings of the sources that answer.
     *
     * <p>By the meter's own clock, so that a test can hold the time that a hanging source costs to the millisecond.
     */
    void await(long nanos) throws InterruptedException {
        long deadline = clock.nanoTime() + nanos;
        while (isEnding() && deadline - clock.nanoTime() > 0) {
            clock.parkUntil(clock.nanoTime() + POLL_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /**
     * Ignores all further readings.
     *
     * @return the sources whose last reading is missing
     */
    List<UnansweredSource> abandon() {
        sources.forEach(SourceThread::abandon);
        long now = clock.nanoTime();
        return sources.stream()
                .flatMap(source -> source.leftBehind(now).stream())
                .toList();
    }

    /** The sources that have not answered for seconds. */
    List<UnansweredSource> unanswered() {
        long now = clock.nanoTime();
        return sources.stream()
                .flatMap(source -> source.unanswered(now).stream())
                .toList();
    }

    /** Whether every source was read once, or turned out not to exist. */
    boolean haveAnswered() {
        for (int i = 0; i < sources.size(); i++) {
            if (!sources.get(i).hasAnswered()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a source has been inside one call for longer than this. */
    boolean isHeldUp(long nanos) {
        long now = clock.nanoTime();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).busyNanos(now) > nanos) {
                return true;
            }
        }
        return false;
    }

    long missedTicks() {
        long missed = 0;
        for (int i = 0; i < sources.size(); i++) {
            missed += sources.get(i).missedTicks();
        }
        return missed;
    }

    private boolean isEnding() {
        long now = clock.nanoTime();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).isEnding(now)) {
                return true;
            }
        }
        return false;
    }
}
