/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.impact.Equivalences;
import dev.wattle.core.ledger.compare.ParetoFront;
import dev.wattle.core.report.html.LedgerOverview.Group;
import dev.wattle.core.report.html.LedgerOverview.Run;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.report.text.UnitScale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The report about many runs as a self-contained HTML file: totals, energy by day and by project, the runs with the most energy, and
 * their front. Bounded in size for any number of runs.
 */
public final class LedgerPage {

    private static final int MAX_ROWS = 100;
    private static final int MAX_PROJECTS = 40;
    private static final int MAX_DAYS = 120;
    private static final int Y_TICKS = 5;
    private static final int MONTH_CHARACTERS = 7;

    private final LedgerOverview ledger;
    private final UnitScale wattHours;
    private final UnitScale grams;
    private final HtmlWriter out = new HtmlWriter();

    private LedgerPage(LedgerOverview ledger) {
        this.ledger = ledger;
        this.wattHours = UnitScale.wattHours(wattHours(ledger.totals().microjoules()));
        this.grams = UnitScale.grams(ledger.totals().gramsCo2e());
    }

    /**
     * The file's text.
     *
     * @param wattle the version that made it
     */
    public static String of(LedgerOverview ledger, String wattle) {
        return new LedgerPage(ledger).page(wattle);
    }

    private String page(String wattle) {
        PageFrame.start(out, "Energy of " + runs(ledger.totals().runs()) + " - Wattle");
        out.start("header").element("h1", "Energy of " + runs(ledger.totals().runs()));
        out.start("p").name(ledger.title());
        if (!ledger.byDay().isEmpty()) {
            out.text(" \u00b7 " + ledger.byDay().get(0).name() + " to "
                    + ledger.byDay().get(ledger.byDay().size() - 1).name());
        }
        out.end().endLine();
        out.start("main");
        answer();
        days();
        projects();
        front();
        ledger.carbon()
                .ifPresent(carbon -> new ElsewhereSection(
                                out,
                                ledger.totals().microjoules(),
                                carbon,
                                RunUnits.of(ledger.totals().microjoules(), carbon))
                        .write());
        runs();
        out.endLine();
        PageFrame.end(
                out, "Made by Wattle " + wattle + " from the journals of the runs. This file loads nothing else.");
        return out.written();
    }

    private void answer() {
        Group totals = ledger.totals();
        out.start("ul", "class", "tiles");
        tile(wattHours.text(wattHours(totals.microjoules())), QuantityFormat.joules(totals.microjoules()) + ", energy");
        if (Double.isFinite(totals.gramsCo2e())) {
            tile(grams.text(totals.gramsCo2e()), ledger.co2e());
        }
        tile(
                grouped(totals.runs()),
                (totals.runs() == 1 ? "run" : "runs")
                        + (totals.killed() > 0 ? ", " + grouped(totals.killed()) + " killed" : ""));
        tile(QuantityFormat.wholeDuration(totals.seconds()), "of all runs together");
        out.endLine();
        Equivalences.bundled()
                .closest(totals.gramsCo2e())
                .ifPresent(like -> out.element("p", "The CO2e is that of " + like.text() + ".", "class", "answer"));
        ledger.notes().forEach(note -> out.element("p", note, "class", "quiet"));
    }

    private void tile(String value, String label) {
        out.start("li").element("b", value).element("span", label).end();
    }

    private void days() {
        boolean byMonth = ledger.byDay().size() > MAX_DAYS;
        List<Group> groups = byMonth ? months() : ledger.byDay();
        if (groups.isEmpty()) {
            return;
        }
        double largest = groups.stream()
                .mapToDouble(group -> wattHours(group.microjoules()))
                .max()
                .orElse(0);
        UnitScale scale = UnitScale.wattHours(largest);
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Group group : groups) {
            double energy = wattHours(group.microjoules());
            bars.add(new BarChart.Bar(
                    group.name(),
                    List.of(energy / scale.size()),
                    List.of(group.name() + ": " + scale.text(energy) + ", " + runs(group.runs()))));
        }
        out.start("section").element("h2", byMonth ? "By month" : "By day");
        new BarChart(
                        "days",
                        "Energy of the runs that started then",
                        "Bars of the energy of " + groups.size() + (byMonth ? " months" : " days") + ", highest "
                                + scale.text(largest) + ".",
                        "energy in " + scale.unit(),
                        byMonth ? "month" : "day",
                        Axis.fromZero(largest / scale.size(), Y_TICKS),
                        List.of(""),
                        bars)
                .write(out);
        out.endLine();
    }

    private List<Group> months() {
        Map<String, Group> months = new LinkedHashMap<>();
        for (Group day : ledger.byDay()) {
            String month = day.name()
                    .substring(0, Math.min(MONTH_CHARACTERS, day.name().length()));
            months.merge(month, day, (a, b) -> sum(month, a, b));
        }
        return months.entrySet().stream()
                .map(month -> sum(month.getKey(), month.getValue(), new Group("", 0, 0, 0, 0, 0)))
                .toList();
    }

    private static Group sum(String name, Group a, Group b) {
        return new Group(
                name,
                a.microjoules() + b.microjoules(),
                a.gramsCo2e() + b.gramsCo2e(),
                a.runs() + b.runs(),
                a.killed() + b.killed(),
                a.seconds() + b.seconds());
    }

    private void projects() {
        if (ledger.byProject().isEmpty()) {
            return;
        }
        long whole = ledger.byProject().stream().mapToLong(Group::microjoules).sum();
        out.start("section").element("h2", "By project");
        TableWriter table = new TableWriter(out);
        List<Group> shown = ledger.byProject()
                .subList(0, Math.min(MAX_PROJECTS, ledger.byProject().size()));
        table.start(
                "Projects, most energy first",
                1,
                List.of("project", "runs", "energy in " + wattHours.unit(), "CO2e in " + grams.unit(), "share", ""));
        for (Group group : shown) {
            out.start("tr").start("th", "scope", "row", "class", "name");
            out.name(group.name().isEmpty() ? "(none)" : group.name()).end();
            out.element("td", grouped(group.runs()), "class", "number");
            out.element("td", wattHours.of(wattHours(group.microjoules())), "class", "number");
            out.element("td", grams.of(group.gramsCo2e()), "class", "number");
            out.element("td", AnswerSection.percent(group.microjoules(), whole), "class", "number");
            out.start("td", "class", "name");
            EnergySection.shareBar(out, whole == 0 ? 0 : (double) group.microjoules() / whole);
            out.end().endLine();
        }
        table.end();
        if (shown.size() < ledger.byProject().size()) {
            out.element(
                    "p",
                    ledger.byProject().size()
                            - shown.size()
                            + (ledger.byProject().size() - shown.size() == 1
                                    ? " more project is not shown."
                                    : " more projects are not shown."),
                    "class",
                    "quiet");
        }
        out.endLine();
    }

    /** Of the metric that most runs have; runs by another one cannot be compared with them. */
    private void front() {
        Map<String, List<Run>> byMetric = ledger.runs().stream()
                .filter(run -> !run.metric().isEmpty() && Double.isFinite(run.value()))
                .collect(Collectors.groupingBy(Run::metric, LinkedHashMap::new, Collectors.toList()));
        Optional<Map.Entry<String, List<Run>>> most = byMetric.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()));
        if (most.isEmpty() || most.get().getValue().size() < 2) {
            return;
        }
        List<Run> runs = most.get().getValue();
        boolean[] front = ParetoFront.of(
                runs.stream().mapToLong(Run::microjoules).toArray(),
                runs.stream().mapToDouble(Run::value).toArray(),
                runs.get(0).higherIsBetter());
        List<FrontChart.Run> drawn = new ArrayList<>();
        for (Run run : runs) {
            drawn.add(new FrontChart.Run(run.microjoules(), run.value(), front[drawn.size()], run.name()));
        }
        double largest = runs.stream()
                .mapToDouble(run -> EnergyUnits.joules(run.microjoules()))
                .max()
                .orElse(0);
        out.start("section").element("h2", "What the progress cost");
        new FrontChart("front", most.get().getKey(), UnitScale.totalJoules(largest), drawn).write(out);
        if (runs.size() < ledger.runs().size()) {
            out.start("p", "class", "quiet");
            out.text(runs(ledger.runs().size() - runs.size()) + " without ")
                    .name(most.get().getKey())
                    .text(ledger.runs().size() - runs.size() == 1 ? " is not in it." : " are not in it.")
                    .endLine();
        }
        out.endLine();
    }

    private void runs() {
        List<Run> sorted = new ArrayList<>(ledger.runs());
        sorted.sort(Comparator.comparingLong(Run::microjoules).reversed());
        List<Run> shown = sorted.subList(0, Math.min(MAX_ROWS, sorted.size()));
        double longest = shown.stream().mapToDouble(Run::seconds).max().orElse(0);
        UnitScale seconds = UnitScale.seconds(longest);
        UnitScale energy =
                UnitScale.wattHours(shown.isEmpty() ? 0 : wattHours(shown.get(0).microjoules()));
        UnitScale mass = UnitScale.grams(shown.stream()
                .mapToDouble(Run::gramsCo2e)
                .filter(Double::isFinite)
                .max()
                .orElse(0));
        List<List<String>> rows = new ArrayList<>();
        for (Run run : shown) {
            rows.add(List.of(
                    run.name() + (run.killed() ? " (killed)" : ""),
                    run.project().isEmpty() ? "-" : run.project(),
                    run.host(),
                    RunPage.minute(run.started()),
                    seconds.of(run.seconds()),
                    energy.of(wattHours(run.microjoules())),
                    mass.of(run.gramsCo2e()),
                    run.quality()));
        }
        out.start("section").element("h2", "Runs with the most energy");
        new TableWriter(out)
                .table(
                        shown.size() < sorted.size()
                                ? "The first " + shown.size() + " of " + grouped(sorted.size()) + " runs"
                                : sorted.size() == 1 ? "The run" : "All runs",
                        3,
                        List.of(
                                "run",
                                "project",
                                "host",
                                "started (UTC)",
                                "time in " + seconds.unit(),
                                "energy in " + energy.unit(),
                                "CO2e in " + mass.unit(),
                                "quality"),
                        rows);
        out.endLine();
    }

    private static double wattHours(long microjoules) {
        return 1e3 * EnergyUnits.kwh(microjoules);
    }

    private static String runs(long count) {
        return grouped(count) + (count == 1 ? " run" : " runs");
    }

    private static String grouped(long count) {
        return String.format((Locale) null, "%,d", count);
    }
}
