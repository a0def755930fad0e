/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.WindowRecord;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.time.SamplingClock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The program's windows whose energy is still to be looked up, and the sums of those that are done.
 *
 * <p>It holds a window only shortly after its start and after its end. A window that stays open belongs to the program
 * alone, so that a lost one is collected. Any thread opens and closes windows and never waits; the meter's thread looks up.
 */
final class WindowRegistry {

    /** How many may wait for their first lookup: at 10 readings a second, more than 20,000 windows a second. */
    static final int MAX_WAITING = 8_192;

    private final DomainEnergies energies;
    private final SamplingClock clock;
    private final TrainingObserver observer;
    private final Consumer<String> log;
    private final Queue<MeteredWindow> opened = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Queue<MeteredWindow> closed = new ConcurrentLinkedQueue<>();
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final WindowSums sums = new WindowSums();
    private volatile boolean ended;
    private boolean loggedRefused;
    private boolean loggedFailure;

    WindowRegistry(DomainEnergies energies, SamplingClock clock, TrainingObserver observer, Consumer<String> log) {
        this.energies = energies;
        this.clock = clock;
        this.observer = observer;
        this.log = log;
    }

    /** @param recorded whether it counts in the sums and the observer receives it */
    MeteredWindow open(String name, boolean recorded) {
        return open(name, recorded, clock.nanoTime());
    }

    /** @param startNanos when it started, on the meter's clock */
    MeteredWindow open(String name, boolean recorded, long startNanos) {
        boolean metered = !ended && waiting.incrementAndGet() <= MAX_WAITING;
        MeteredWindow window = new MeteredWindow(this, clock, energies, name, metered, recorded, startNanos);
        if (metered) {
            open.incrementAndGet();
            opened.add(window);
        } else if (!ended) {
            waiting.decrementAndGet();
            refused.incrementAndGet();
        }
        return window;
    }

    /** A metered window was closed. */
    void closed(MeteredWindow window) {
        open.decrementAndGet();
        if (!ended) {
            closed.add(window);
        }
    }

    /** Whether a lookup is still to be done. */
    boolean isWaiting() {
        return !opened.isEmpty() || !closed.isEmpty();
    }

    /** Looks up what is known, and records the windows that are done. */
    synchronized void resolve(long nowNanos) {
        // The queues are nearly in the order of time: where the first has to wait, those behind it have to, too.
        MeteredWindow next = opened.peek();
        while (next != null && next.lookUpStart(nowNanos)) {
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
            if (next.isRecorded()) {
                record(window);
            }
            next = closed.peek();
        }
        if (!loggedRefused && refused.get() > 0) {
            loggedRefused = true;
            log.accept("more than " + MAX_WAITING + " windows were opened between two readings; the energy of some"
                    + " is not known, not even in their sums");
        }
    }

    private void record(WindowRecord window) {
        sums.add(window);
        try {
            observer.window(window);
        } catch (RuntimeException | LinkageError e) {
            if (!loggedFailure) {
                loggedFailure = true;
                log.accept("the report of a window failed: " + e);
            }
        }
    }

    /** The run has ended: looks up what is known and holds nothing from here on. */
    synchronized void end(long nowNanos) {
        ended = true;
        resolve(nowNanos);
        opened.clear();
        closed.clear();
        loadClasses(nowNanos);
    }

    /**
     * Does once all that the program may still do with a window that it holds, so that the classes for it are loaded: after a
     * detach their loader is closed.
     */
    private void loadClasses(long nowNanos) {
        MeteredWindow window = new MeteredWindow(this, clock, energies, "", true, false, clock.nanoTime());
        open.incrementAndGet();
        window.close();
        if (window.lookUp(nowNanos) != null) {
            window.joules();
            window.joulesByDevice();
        }
        window.quality();
        window.isComplete();
        window.resolution();
    }

    /** The sums of the windows that are done, in the order in which their names came. */
    synchronized List<WindowTotals> totals() {
        return sums.totals();
    }

    long open() {
        return open.get();
    }

    long refused() {
        return refused.get();
    }
}
