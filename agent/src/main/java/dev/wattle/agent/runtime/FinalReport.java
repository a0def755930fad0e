/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.config.SummaryConfig;
import dev.wattle.agent.export.SummaryTarget;
import dev.wattle.agent.log.StderrQueue;
import dev.wattle.agent.premain.LastReport;
import dev.wattle.agent.track.Trackers;
import dev.wattle.core.report.json.JournalLines;
import dev.wattle.core.report.summary.SummaryNotes;
import dev.wattle.core.report.summary.SummaryText;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.snapshot.RunSnapshot;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends a run: takes the last reading, has the journal's last line written, and makes the summary. {@link #report} does so
 * when the JVM ends, {@link #detach} before that; each step waits only for the part it names, and that wait is bounded.
 */
final class FinalReport implements LastReport {
    private static final long JOURNAL_MILLIS = 900;
    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Parts parts;
    private final SummaryConfig config;
    private final StderrQueue stderr;
    private final Consumer<String> log;
    private final Runnable closeEndpoint;
    private final SummaryWriter summary;
    private volatile boolean complete;

    /** @param closeEndpoint called once the JVM's end is reported */
    FinalReport(Parts parts, SummaryConfig config, StderrQueue stderr, Consumer<String> log, Runnable closeEndpoint) {
        this.parts = parts;
        this.config = config;
        this.stderr = stderr;
        this.log = log;
        this.closeEndpoint = closeEndpoint;
        this.summary = new SummaryWriter(config.target(), stderr);
    }

    /** The parts of the run that take part in its end. */
    record Parts(
            EnergyMeter meter,
            RunWriter writer,
            JournalWriter journal,
            JournalLines lines,
            SourceReporter sources,
            Optional<Trackers> trackers) {}

    @Override
    public void report(Runnable step) {
        try {
            end(summary, step);
            step.run();
            complete = stderr.flush(FLUSH_NANOS);
        } finally {
            closeEndpoint.run();
        }
    }

    @Override
    public String missing() {
        return complete
                ? ""
                : summary.missing() + "; the journal: " + parts.journal().place();
    }

    /**
     * Ends the run while the JVM continues. The summary is for the caller, and for the file that is configured for it, not for
     * standard error.
     *
     * @return the summary
     */
    String detach() {
        String text = end(new SummaryWriter(new SummaryTarget.Off(), stderr), () -> {});
        if (config.target() instanceof SummaryTarget.TextFile file) {
            file.write(text, stderr);
        }
        return text;
    }

    private String end(SummaryWriter writer, Runnable step) {
        parts.meter().close();
        step.run();
        RunSnapshot devices = parts.writer().devicesNow();
        writer.totals(SummaryText.totals(devices, config.length(), notes(devices)));
        step.run();
        RunWriter.Published last = parts.writer().finish();
        RunSnapshot run = last.run();
        parts.trackers().ifPresent(trackers -> trackers.end(run, last.at()));
        step.run();
        finishJournal(last);
        step.run();
        SummaryNotes notes = notes(run);
        String whole = SummaryText.of(run, config.length(), notes);
        String rest = SummaryText.rest(run, config.length(), notes);
        step.run();
        writer.whole(whole, rest);
        // Last: the network is the slowest part, and nothing else waits for it.
        parts.trackers().ifPresent(Trackers::awaitEnd);
        return whole;
    }

    private void finishJournal(RunWriter.Published last) {
        try {
            parts.journal()
                    .finish(() -> parts.lines().summary(last.run(), last.at()), JOURNAL_MILLIS, TimeUnit.MILLISECONDS)
                    .ifPresent(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SummaryNotes notes(RunSnapshot run) {
        return parts.sources()
                .notes(
                        run.unanswered(),
                        run.trainings().unmetered(),
                        parts.journal().place());
    }
}
