/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonSettings;
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
 * What a run's journal says next: the domains that joined since it last did, the epochs that ended, the projections that
 * were made, and then a checkpoint or the summary. For the one thread that keeps the journal.
 */
public final class JournalLines {

    private final EpochJournalBuffer epochs;

    /** What of the trainings that are held has a line. */
    private Set<String> projected = Set.of();

    private final Supplier<List<EnergyDomain>> domains;

    /** How many of the domains have a line. */
    private int domainsWritten;

    /** @param domains those that have joined so far, in the order of their joining */
    public JournalLines(EpochJournalBuffer epochs, Supplier<List<EnergyDomain>> domains) {
        this.epochs = epochs;
        this.domains = domains;
    }

    /**
     * Lines that belong together.
     *
     * @param lines in their order
     * @param whenWritten to be run once they are; otherwise the next batch has them again
     */
    public record Batch(List<JsonObject> lines, Runnable whenWritten) {}

    /** The run's first line, with the domains that are there. */
    public Batch run(RunIdentity run, CarbonSettings carbon) {
        List<EnergyDomain> present = domains.get();
        return new Batch(List.of(RunJson.run(run, carbon, present)), () -> domainsWritten = present.size());
    }

    /** What is new, and a checkpoint. */
    public Batch checkpoint(RunSnapshot report, Instant at) {
        return batch(report, at, RunJson.checkpoint(report, at));
    }

    /** The epochs that are new, and nothing else. */
    public Batch epochs(CarbonSettings carbon) {
        EpochJournalBuffer.Pending pending = epochs.pending();
        List<JsonObject> lines = new ArrayList<>();
        pending.epochs().forEach(epoch -> lines.add(EpochJournalBuffer.line(epoch, carbon)));
        return new Batch(lines, () -> epochs.written(pending));
    }

    /** What is new, and the summary. */
    public Batch summary(RunSnapshot report, Instant at) {
        JsonObject summary = RunJson.summary(report, at);
        if (epochs.leftOut() > 0) {
            summary.addProperty("epochs_without_line", epochs.leftOut());
        }
        return batch(report, at, summary);
    }

    private Batch batch(RunSnapshot report, Instant at, JsonObject last) {
        EpochJournalBuffer.Pending pending = epochs.pending();
        List<JsonObject> lines = new ArrayList<>();
        List<EnergyDomain> present = domains.get();
        present.subList(domainsWritten, present.size()).forEach(domain -> lines.add(RunJson.joined(domain, at)));
        pending.epochs().forEach(epoch -> lines.add(EpochJournalBuffer.line(epoch, report.carbon())));
        Set<String> held = new HashSet<>();
        for (Forecast forecast : report.trainings().forecasts()) {
            for (ProjectionCheck check : forecast.checks()) {
                String key = forecast.training() + " " + check.percent() + " "
                        + check.projection().plannedEpochs();
                held.add(key);
                if (!projected.contains(key)) {
                    lines.add(projection(check, report, at));
                }
            }
        }
        lines.add(last);
        return new Batch(lines, () -> {
            epochs.written(pending);
            projected = held;
            domainsWritten = present.size();
        });
    }

    private static JsonObject projection(ProjectionCheck check, RunSnapshot report, Instant at) {
        JsonObject line = new JsonObject();
        line.addProperty("type", "projection");
        line.addProperty("at", at.toString());
        line.addProperty("percent", check.percent());
        TrainingJson.projection(check.projection(), report.carbon()).asMap().forEach(line::add);
        return line;
    }
}
