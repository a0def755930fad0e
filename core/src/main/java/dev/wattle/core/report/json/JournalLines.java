/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.IntensityHistory;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.forecast.ProjectionCheck;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.snapshot.RunSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes the next lines of a run's journal: domains that joined since the last ones, epochs that ended, projections that were
 * made, and then a checkpoint or the summary. Not thread-safe.
 */
public final class JournalLines {

    private final EpochJournalBuffer epochs;

    /** The projections that have a line, of trainings in the latest snapshot. */
    private Set<String> projected = Set.of();

    private final Supplier<List<EnergyDomain>> domains;

    /** The number of carbon intensities with a line; the first one is in the run's. */
    private int intensitiesWritten = 1;

    /** The latest day of carbon intensities with a line. */
    private List<IntensityHistory.Hour> dayWritten = List.of();

    /** The number of domains with a line. */
    private int domainsWritten;

    /** @param domains the domains that have joined so far, in order */
    public JournalLines(EpochJournalBuffer epochs, Supplier<List<EnergyDomain>> domains) {
        this.epochs = epochs;
        this.domains = domains;
    }

    /**
     * Lines to write together.
     *
     * @param lines in order
     * @param whenWritten to run once they are written; otherwise the next batch has them again
     */
    public record Batch(List<JsonObject> lines, Runnable whenWritten) {}

    /** The run's first line, with the domains that have joined so far. */
    public Batch run(RunIdentity run, CarbonSettings carbon) {
        List<EnergyDomain> present = domains.get();
        return new Batch(List.of(RunJson.run(run, carbon, present)), () -> domainsWritten = present.size());
    }

    /** New domains, epochs and projections, and a checkpoint. */
    public Batch checkpoint(RunSnapshot run, Instant at) {
        return batch(run, at, RunJson.checkpoint(run, at));
    }

    /** New epochs only. */
    public Batch epochs(CarbonSettings carbon) {
        EpochJournalBuffer.Pending pending = epochs.pending();
        List<JsonObject> lines = new ArrayList<>();
        pending.epochs().forEach(epoch -> lines.add(EpochJournalBuffer.line(epoch, carbon)));
        return new Batch(lines, () -> epochs.written(pending));
    }

    /** New domains, epochs and projections, and the summary. */
    public Batch summary(RunSnapshot run, Instant at) {
        JsonObject summary = RunJson.summary(run, at);
        if (epochs.withoutLine() > 0) {
            summary.addProperty("epochs_without_line", epochs.withoutLine());
        }
        return batch(run, at, summary);
    }

    private Batch batch(RunSnapshot run, Instant at, JsonObject last) {
        EpochJournalBuffer.Pending pending = epochs.pending();
        List<JsonObject> lines = new ArrayList<>();
        List<EnergyDomain> present = domains.get();
        present.subList(domainsWritten, present.size()).forEach(domain -> lines.add(RunJson.joined(domain, at)));
        pending.epochs().forEach(epoch -> lines.add(EpochJournalBuffer.line(epoch, run.carbon())));
        Set<String> current = new HashSet<>();
        for (Forecast forecast : run.trainings().forecasts()) {
            for (ProjectionCheck check : forecast.checks()) {
                String key = forecast.training() + " " + check.percent() + " "
                        + check.projection().plannedEpochs();
                current.add(key);
                if (!projected.contains(key)) {
                    lines.add(projection(check, run, at));
                }
            }
        }
        List<IntensityHistory.Step> intensities = run.carbon().history().steps();
        for (int step = intensitiesWritten; step < intensities.size(); step++) {
            lines.add(IntensityJson.line(step, intensities.get(step)));
        }
        List<IntensityHistory.Hour> day = run.carbon().history().day();
        if (!day.equals(dayWritten)) {
            lines.add(IntensityJson.dayLine(run.carbon().history(), at));
        }
        lines.add(last);
        return new Batch(lines, () -> {
            dayWritten = day;
            intensitiesWritten = Math.max(intensitiesWritten, intensities.size());
            epochs.written(pending);
            projected = current;
            domainsWritten = present.size();
        });
    }

    private static JsonObject projection(ProjectionCheck check, RunSnapshot run, Instant at) {
        JsonObject line = new JsonObject();
        line.addProperty("type", "projection");
        line.addProperty("at", at.toString());
        line.addProperty("percent", check.percent());
        ProjectionJson.of(check.projection(), run.carbon()).asMap().forEach(line::add);
        return line;
    }
}
