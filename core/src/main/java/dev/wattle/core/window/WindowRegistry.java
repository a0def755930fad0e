/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.WindowRecord;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The program's windows: those whose energy is still to be looked up, and the sums of those that are done.
 *
 * <p>Only windows whose begin or end was a moment ago are held. One that stays open is the program's alone, so one that it
 * loses is garbage like any other. Any thread opens and closes windows and never waits; the meter's own thread looks up.
 */
final class WindowRegistry {

    /** What may wait for its first lookup: at 10 readings a second, more than 20,000 windows in each. */
    static final int MOST_WAITING = 8_192;

    static final int MOST_NAMES = 1_000;

    private final DomainEnergies energies;
    private final SamplingClock clock;
    private final TrainingObserver observer;
    private final Consumer<String> log;
    private final Queue<MeteredWindow> opened = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Queue<MeteredWindow> closed = new ConcurrentLinkedQueue<>();
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Map<String, Sum> sums = new LinkedHashMap<>();
    private volatile boolean ended;
    private boolean saidRefused;
    private boolean saidFailure;

    WindowRegistry(DomainEnergies energies, SamplingClock clock, TrainingObserver observer, Consumer<String> log) {
        this.energies = energies;
        this.clock = clock;
        this.observer = observer;
        this.log = log;
    }

    /** @param told whether the observer is told of it and the sums hold it */
    MeteredWindow open(String name, boolean told) {
        return open(name, told, clock.nanoTime());
    }

    /** @param beginNanos when it began */
    MeteredWindow open(String name, boolean told, long beginNanos) {
        boolean metered = !ended && waiting.incrementAndGet() <= MOST_WAITING;
        MeteredWindow window = new MeteredWindow(this, clock, energies, name, metered, told, beginNanos);
        if (metered) {
            open.incrementAndGet();
            opened.add(window);
        } else if (!ended) {
            waiting.decrementAndGet();
            refused.incrementAndGet();
        }
        return window;
    }

    void closed(MeteredWindow window) {
        open.decrementAndGet();
        if (!ended) {
            closed.add(window);
        }
    }

    boolean isWaiting() {
        return !opened.isEmpty() || !closed.isEmpty();
    }

    /** Looks up what can be by now, and tells of the windows that are done with it. */
    synchronized void resolve(long nowNanos) {
        // The queues are in the order of time, but for threads that overtook each other: the first that has to wait
        // will
        // not wait for long, nor those behind it.
        MeteredWindow next = opened.peek();
        while (next != null && next.lookUpBegin(nowNanos)) {
            opened.remove();
            waiting.decrementAndGet();
            next = opened.peek();
        }
        next = closed.peek();
        while (next != null) {
            WindowRecord window = next.lookUp(nowNanos);
            if (window == null) {
                break;
            }
            closed.remove();
            if (next.isTold()) {
                tell(window);
            }
            next = closed.peek();
        }
        if (!saidRefused && refused.get() > 0) {
            saidRefused = true;
            log.accept("more than " + MOST_WAITING + " windows were opened between two readings; the energy of some"
                    + " is not known, not even in their sums");
        }
    }

    /** Nothing will be looked up any more: nothing is held from here on. */
    synchronized void end(long nowNanos) {
        ended = true;
        resolve(nowNanos);
        opened.clear();
        closed.clear();
        rehearse(nowNanos);
    }

    /**
     * Does once all that the program may still do with a window that it holds: the classes for it are loaded then, which
     * after a detach come from nowhere any more.
     */
    private void rehearse(long nowNanos) {
        MeteredWindow window = new MeteredWindow(this, clock, energies, "", true, false);
        open.incrementAndGet();
        window.end();
        if (window.lookUp(nowNanos) != null) {
            window.joulesByDevice();
        }
        window.quality();
        window.isComplete();
        window.resolution();
    }

    /** The sums of the windows that are done, in the order in which their names came. */
    synchronized List<WindowTotals> totals() {
        List<WindowTotals> totals = new ArrayList<>();
        sums.forEach((name, sum) -> totals.add(sum.totals(name)));
        return totals;
    }

    long open() {
        return open.get();
    }

    long refused() {
        return refused.get();
    }

    private void tell(WindowRecord window) {
        Sum sum = sums.get(window.name());
        if (sum == null) {
            String name = sums.size() < MOST_NAMES ? window.name() : WindowTotals.OTHER;
            sum = sums.computeIfAbsent(name, first -> new Sum());
        }
        sum.add(window);
        try {
            observer.window(window);
        } catch (RuntimeException | LinkageError e) {
            if (!saidFailure) {
                saidFailure = true;
                log.accept("telling of a window failed: " + e);
            }
        }
    }

    private static final class Sum {
        private final Map<EnergyDomain, Long> microjoules = new LinkedHashMap<>();
        private long count;
        private long nanos;
        private long least = Long.MAX_VALUE;
        private long most;
        private long belowResolution;
        private long unmetered;
        private long incomplete;

        void add(WindowRecord window) {
            count++;
            nanos += window.nanos();
            EnergySums.add(microjoules, window.microjoules());
            long total = window.totalMicrojoules();
            least = Math.min(least, total);
            most = Math.max(most, total);
            belowResolution += window.belowResolution() ? 1 : 0;
            unmetered += window.unmeteredNanos();
            incomplete += window.incomplete() ? 1 : 0;
        }

        WindowTotals totals(String name) {
            return new WindowTotals(
                    name,
                    count,
                    nanos,
                    new LinkedHashMap<>(microjoules),
                    least,
                    most,
                    belowResolution,
                    unmetered,
                    incomplete);
        }
    }
}
