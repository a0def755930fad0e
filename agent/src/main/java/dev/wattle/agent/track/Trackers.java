/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import dev.wattle.agent.config.TrackerConfig;
import dev.wattle.agent.http.OutgoingHttp;
import dev.wattle.agent.http.ProxySettings;
import dev.wattle.agent.http.RequestLimits;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.snapshot.RunSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The configured trackers of a run, each with a thread of its own. Thread-safe. */
public final class Trackers implements AutoCloseable {
    private static final long END_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final Supplier<CarbonSettings> carbon;
    private final Consumer<String> log;
    private final List<Tracker> trackers = new ArrayList<>();
    private boolean moreTrainingsReported;

    private Trackers(Supplier<CarbonSettings> carbon, Consumer<String> log) {
        this.carbon = carbon;
        this.log = log;
    }

    /**
     * Starts those that are configured; none of them has connected or opened anything yet.
     *
     * @param carbon how energy is converted to CO2e now
     */
    public static Trackers start(
            TrackerConfig config,
            RunIdentity run,
            Supplier<CarbonSettings> carbon,
            MeterThreads threads,
            Consumer<String> log) {
        Trackers started = new Trackers(carbon, log);
        config.mlflow().ifPresent(server -> {
            OutgoingHttp http =
                    new OutgoingHttp(threads, "mlflow", ProxySettings.of(System.getenv(), log), RequestLimits.SMALL);
            started.start(new MlflowSink(server, http), "mlflow", threads);
        });
        config.tensorBoard()
                .ifPresent(directory -> started.start(
                        new TensorBoardSink(
                                directory, run.host(), run.pid(), run.started().toEpochMilli()),
                        "tensorboard",
                        threads));
        return started;
    }

    private void start(TrackerSink sink, String name, MeterThreads threads) {
        Tracker tracker = new Tracker(sink, log);
        trackers.add(tracker);
        threads.create(name, tracker::run).start();
    }

    /** Passes everything on to the next observer, and each epoch to the trackers. */
    public TrainingObserver before(TrainingObserver next) {
        return next.withEpochs(this::epoch);
    }

    /** Passes on the totals of the run that has ended. Never waits. */
    public void end(RunSnapshot run, Instant at) {
        List<Scalar> totals = TrackedScalars.of(run, at);
        Map<String, String> notes = TrackedScalars.notes(run);
        trackers.forEach(tracker -> tracker.end(totals, notes));
    }

    /** Waits until all is delivered, at most 0.8 s; a tenth of that for a tracker that failed before. */
    public void awaitEnd() {
        long deadline = System.nanoTime() + END_NANOS;
        try {
            for (Tracker tracker : trackers) {
                String missing = tracker.awaitEnd(Math.max(0, deadline - System.nanoTime()));
                if (!missing.isEmpty()) {
                    log.accept(missing);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        trackers.forEach(Tracker::close);
    }

    private void epoch(EpochRecord epoch) {
        List<Scalar> scalars = TrackedScalars.of(epoch, carbon.get());
        if (scalars.isEmpty() && !moreTrainingsReported) {
            moreTrainingsReported = true;
            log.accept("trackers get the epochs of the first " + TrackedScalars.MAX_TRAININGS
                    + " trainings only; the journal has all");
        }
        trackers.forEach(tracker -> tracker.add(scalars));
    }
}
