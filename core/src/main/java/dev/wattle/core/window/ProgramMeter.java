/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import dev.wattle.EnergyWindow;
import dev.wattle.TrainingEpoch;
import dev.wattle.Wattle;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.ProgramEpochs;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.time.SamplingClock;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.Consumer;

/**
 * The meter behind {@link Wattle}: the windows and epochs that the program itself marks.
 *
 * <p>Any thread of the program opens and closes; each such call is a few stores and an object, and never waits. The meter
 * must call {@link #resolve} about ten times a second while {@link #isWaiting}, since a timeline keeps the latest readings
 * only.
 */
public final class ProgramMeter implements Wattle.Meter {

    private final WindowRegistry windows;
    private final BoundaryQueue queue;
    private final ProgramEpochs epochs;
    private final TrainingNames trainings;
    private final MetricNames metrics;
    private final Consumer<String> log;

    /**
     * Not yet connected.
     *
     * @param meter whose energies the windows have
     * @param queue takes the boundaries of epochs
     * @param epochs watches those that are open
     * @param trainings gives them their subjects
     * @param metrics numbers their metrics
     * @param observer receives each window once its energy is known, on the thread that resolves
     * @param clock the meter's
     * @param log receives at most a few lines in a run, on the threads that connect and resolve
     */
    public ProgramMeter(
            EnergyMeter meter,
            BoundaryQueue queue,
            ProgramEpochs epochs,
            TrainingNames trainings,
            MetricNames metrics,
            TrainingObserver observer,
            SamplingClock clock,
            Consumer<String> log) {
        this.windows = new WindowRegistry(new DomainEnergies(meter), clock, observer, log);
        this.queue = queue;
        this.epochs = epochs;
        this.trainings = trainings;
        this.metrics = metrics;
        this.log = log;
    }

    /** Starts to answer calls of {@link Wattle}, which may be of another version where the program brings its own. */
    public void connect() {
        try {
            Wattle.connect(this);
        } catch (LinkageError e) {
            log.accept(
                    "the program's own windows are not metered, since it brings another version of dev.wattle: " + e);
        }
    }

    @Override
    public EnergyWindow window(String name) {
        return windows.open(name, true);
    }

    @Override
    @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
    public TrainingEpoch epoch(String training, int plannedEpochs) {
        Thread thread = Thread.currentThread();
        return start(
                windows.open(training, false), training, plannedEpochs, thread.getId(), new WeakReference<>(thread));
    }

    private MeteredEpoch start(
            MeteredWindow window, String training, int plannedEpochs, long threadId, WeakReference<Thread> thread) {
        int subject = trainings.subjectOf(training);
        return MeteredEpoch.start(window, threadId, thread, queue, metrics, epochs, subject, plannedEpochs);
    }

    @Override
    public EnergyWindow window(String name, long startNanos, long endNanos) {
        MeteredWindow window = windows.open(name, true, startNanos);
        if (endNanos != OPEN) {
            window.end(endNanos);
        }
        return window;
    }

    @Override
    public TrainingEpoch epoch(
            String training, int plannedEpochs, long startNanos, long threadId, WeakReference<Thread> thread) {
        return start(windows.open(training, false, startNanos), training, plannedEpochs, threadId, thread);
    }

    @Override
    public void close(EnergyWindow window, long endNanos) {
        if (window instanceof MeteredEpoch epoch) {
            epoch.close(endNanos);
        } else if (window instanceof MeteredWindow plain) {
            plain.end(endNanos);
        }
    }

    @Override
    public void leftOut(long count) {
        log.accept(count
                + " windows, epochs, iterations and figures that the program reported before metering started were too"
                + " many to be kept: they are in no figure of its trainings and windows");
    }

    /** Whether the energy of a window is still to be looked up. An open one needs no lookup after its first. */
    public boolean isWaiting() {
        return windows.isWaiting();
    }

    /**
     * Looks up the energies that have become known, and records the windows that are done.
     *
     * @param nowNanos the present, on the meter's clock
     */
    public void resolve(long nowNanos) {
        windows.resolve(nowNanos);
    }

    /**
     * Ends the run, after the last reading: records what has closed, and answers the program no more. Windows that it holds
     * keep the energies that are known.
     *
     * @param nowNanos the present, on the meter's clock
     */
    public void end(long nowNanos) {
        try {
            Wattle.disconnect(this);
        } catch (LinkageError e) {
            // It was not connected either, which the log says.
        }
        windows.end(nowNanos);
    }

    /** The sums of all windows that have closed, one for each name in the order in which they came; the number of names is bounded. */
    public List<WindowTotals> totals() {
        return windows.totals();
    }

    /** How many windows and epochs are open, those that the program has lost included. */
    public long open() {
        return windows.open();
    }

    /** How many windows were not metered, as too many came at once. */
    public long refused() {
        return windows.refused();
    }
}
