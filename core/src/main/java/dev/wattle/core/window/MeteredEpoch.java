/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import dev.wattle.TrainingEpoch;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.ProgramEpochs;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An epoch that the program reports itself: a window, and boundaries in the queue of all trainings.
 *
 * <p>All boundaries carry the id of the thread that started the epoch, whichever thread reports them, since an end belongs to
 * the thread of its start. A full queue drops them and counts that; {@link ProgramEpochs} reports a dropped start or end
 * later.
 */
public final class MeteredEpoch implements TrainingEpoch {

    private static final int RUN_START = Boundary.RUN_START.eventOf(Framework.CUSTOM);
    private static final int EPOCH_START = Boundary.EPOCH_START.eventOf(Framework.CUSTOM);
    private static final int EPOCH_END = Boundary.EPOCH_END.eventOf(Framework.CUSTOM);
    private static final int ITERATION = Boundary.ITERATION.eventOf(Framework.CUSTOM);
    private static final int METRIC = Boundary.METRIC.eventOf(Framework.CUSTOM);
    private static final int TOKENS = Boundary.TOKENS.eventOf(Framework.CUSTOM);
    private static final int FLOPS = Boundary.FLOPS.eventOf(Framework.CUSTOM);
    private static final double NO_VALUE = Double.NaN;

    private final MeteredWindow window;
    private final BoundaryQueue queue;
    private final MetricNames metrics;
    private final int subject;
    private final long thread;
    private ProgramEpochs.@Nullable Watched watched;

    private MeteredEpoch(MeteredWindow window, BoundaryQueue queue, MetricNames metrics, int subject, long thread) {
        this.window = window;
        this.queue = queue;
        this.metrics = metrics;
        this.subject = subject;
        this.thread = thread;
    }

    /** Starts an epoch with its window. */
    static MeteredEpoch start(
            MeteredWindow window,
            long threadId,
            WeakReference<Thread> thread,
            BoundaryQueue queue,
            MetricNames metrics,
            ProgramEpochs epochs,
            int subject,
            int plannedEpochs) {
        MeteredEpoch epoch = new MeteredEpoch(window, queue, metrics, subject, threadId);
        long start = window.startNanos();
        long planned = plannedEpochs > 0 ? plannedEpochs : Boundary.UNKNOWN;
        boolean reported = epoch.report(RUN_START, start, planned, NO_VALUE)
                && epoch.report(EPOCH_START, start, Boundary.UNKNOWN, NO_VALUE);
        ProgramEpochs.Watched watched =
                new ProgramEpochs.Watched(epoch, threadId, thread, subject, start, planned, reported);
        epoch.watched = watched;
        epochs.add(watched);
        return epoch;
    }

    @Override
    public void iteration(long samples, double loss) {
        if (window.isOpen()) {
            report(ITERATION, window.now(), samples < 0 ? Boundary.UNKNOWN : samples, loss);
        }
    }

    @Override
    public void metric(@Nullable String name, double value) {
        if (window.isOpen() && !Double.isNaN(value)) {
            report(METRIC, window.now(), metrics.numberOf(name), value);
        }
    }

    @Override
    public void tokens(long count) {
        if (window.isOpen() && count > 0) {
            report(TOKENS, window.now(), count, NO_VALUE);
        }
    }

    @Override
    public void flops(double count) {
        if (window.isOpen() && count > 0 && Double.isFinite(count)) {
            report(FLOPS, window.now(), Boundary.UNKNOWN, count);
        }
    }

    @Override
    public void close() {
        close(window.now());
    }

    /** Ends the epoch at an instant that may have passed. */
    void close(long nanos) {
        if (window.end(nanos)) {
            boolean reported = report(EPOCH_END, window.endNanos(), window.startNanos(), NO_VALUE);
            ProgramEpochs.Watched outlives = watched;
            if (outlives != null) {
                outlives.end(window.endNanos(), reported);
            }
        }
    }

    private boolean report(int event, long nanos, long size, double value) {
        return queue.offer(event, subject, thread, nanos, size, value);
    }

    @Override
    public String name() {
        return window.name();
    }

    @Override
    public double joules() {
        return window.joules();
    }

    @Override
    public Map<String, Double> joulesByDevice() {
        return window.joulesByDevice();
    }

    @Override
    public Duration duration() {
        return window.duration();
    }

    @Override
    public Duration metered() {
        return window.metered();
    }

    @Override
    public String quality() {
        return window.quality();
    }

    @Override
    public boolean isComplete() {
        return window.isComplete();
    }

    @Override
    public Duration resolution() {
        return window.resolution();
    }
}
