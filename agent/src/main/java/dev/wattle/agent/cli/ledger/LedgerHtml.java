/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.ledger.detail.RunDetailFile;
import dev.wattle.core.ledger.read.LedgerFiles;
import dev.wattle.core.ledger.totals.Grouping;
import dev.wattle.core.ledger.totals.LedgerQuery;
import dev.wattle.core.ledger.totals.LedgerRow;
import dev.wattle.core.ledger.totals.LedgerTotals;
import dev.wattle.core.report.html.LedgerOverview;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers the figures of the page about a ledger: sums as the other forms of the report have them, and each run by itself. */
final class LedgerHtml {

    /** Of more runs, the page has the sums only. */
    private static final int MAX_RUNS = 20_000;

    private LedgerHtml() {}

    /**
     * The figures.
     *
     * @param places for the page's title
     * @param byProject the sums of these files by project, with at least one run
     */
    static LedgerOverview overview(List<Path> places, LedgerFiles files, LedgerTotals byProject, ReportOptions options)
            throws InterruptedException {
        LedgerTotals byDay = LedgerTotals.of(files, by(Grouping.Property.DAY, options.query()));
        List<LedgerOverview.Run> runs = new ArrayList<>();
        Set<CarbonSettings> settings = new HashSet<>();
        CarbonWhatIf whatIf = CarbonWhatIf.of(options);
        read(files, options.query(), whatIf, runs, settings);
        List<String> notes = new ArrayList<>();
        notes.add(
                "Energy of a machine that several JVMs metered at the same time is counted once in the sums; each run's own"
                        + " figure has all of it.");
        if (!byProject.skipped().isEmpty()) {
            notes.add((byProject.skipped().size() == 1
                            ? "1 file is"
                            : byProject.skipped().size() + " files are")
                    + " not counted, or not in full; report without --html names them.");
        }
        if (byProject.totals().withoutCo2e() > 0) {
            long unknown = byProject.totals().withoutCo2e();
            notes.add("The CO2e of " + unknown + (unknown == 1 ? " run" : " runs") + " is unknown and in no sum.");
        }
        whatIf.sentence().ifPresent(notes::add);
        return new LedgerOverview(
                places.stream().map(Path::toString).collect(Collectors.joining(", ")),
                group(byProject.totals()),
                byDay.rows().stream().map(LedgerHtml::group).toList(),
                byProject.rows().stream()
                        .map(LedgerHtml::group)
                        .sorted(Comparator.comparingLong(LedgerOverview.Group::microjoules)
                                .reversed())
                        .toList(),
                runs,
                settings.size() == 1 ? Optional.of(settings.iterator().next()) : Optional.empty(),
                whatIf.label(),
                notes);
    }

    private static LedgerQuery by(Grouping grouping, LedgerQuery query) {
        return new LedgerQuery(
                grouping, query.since(), query.until(), query.project(), query.gramsPerKwh(), query.pue());
    }

    private static LedgerOverview.Group group(LedgerRow row) {
        return new LedgerOverview.Group(
                row.name(),
                row.microjoules(),
                row.withoutCo2e() == row.runs() ? Double.NaN : row.co2eGrams(),
                row.runs(),
                row.killed(),
                row.seconds());
    }

    /** Reads each run by itself, and keeps a line of it only. */
    private static void read(
            LedgerFiles files,
            LedgerQuery query,
            CarbonWhatIf whatIf,
            List<LedgerOverview.Run> lines,
            Set<CarbonSettings> places) {
        Set<String> known = new HashSet<>();
        for (Path file : files.files()) {
            if (lines.size() >= MAX_RUNS) {
                return;
            }
            RunDetailFile.read(file)
                    .run()
                    .filter(run -> isSelected(run, query))
                    .filter(run -> known.add(run.host() + '\n' + run.run() + '\n' + run.started()))
                    .ifPresent(run -> {
                        lines.add(line(run, whatIf));
                        whatIf.settings(run).ifPresent(places::add);
                    });
        }
    }

    private static boolean isSelected(RunDetail run, LedgerQuery query) {
        Instant started = run.started().orElse(Instant.EPOCH);
        return query.since().map(since -> !started.isBefore(since)).orElse(true)
                && query.until().map(started::isBefore).orElse(true)
                && query.project().map(run.project().orElse("")::equals).orElse(true);
    }

    private static LedgerOverview.Run line(RunDetail run, CarbonWhatIf whatIf) {
        Optional<LearningCurve> curve = run.mainTraining().flatMap(training -> training.curve());
        return new LedgerOverview.Run(
                run.run(),
                run.project().orElse(""),
                run.host(),
                run.started().orElse(Instant.EPOCH),
                run.seconds(),
                run.totalMicrojoules(),
                whatIf.gramsCo2e(run),
                run.qualities(),
                run.killed(),
                curve.map(known -> known.metric().name()).orElse(""),
                curve.map(known -> known.metric().higherIsBetter()).orElse(false),
                curve.map(known -> known.points().get(known.points().size() - 1).value())
                        .orElse(Double.NaN));
    }
}
