/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.ledger.detail.TrainingDetail;
import dev.wattle.core.report.text.QuantityFormat;
import dev.wattle.core.report.text.RunUnits;
import java.time.Instant;
import java.util.List;

/**
 * The report of one run as a self-contained HTML file: what it used, where that went, what it brought, what it would have been
 * elsewhere, and how the figures were made. Bounded in size whatever the run.
 */
public final class RunPage {

    private static final int MAX_TRAININGS = 8;

    private final RunDetail run;
    private final CarbonSettings carbon;
    private final RunUnits units;
    private final HtmlWriter out = new HtmlWriter();

    private RunPage(RunDetail run) {
        this.run = run;
        this.carbon = run.carbon().orElseGet(CarbonSettings::worldDefault);
        this.units = RunUnits.of(run.totalMicrojoules(), carbon);
    }

    /** The file's text. */
    public static String of(RunDetail run) {
        return new RunPage(run).page();
    }

    private String page() {
        PageFrame.start(out, run.run() + " - Wattle");
        head();
        out.start("main");
        new AnswerSection(out, run, units).write();
        List<TrainingDetail> trainings = run.trainings();
        List<TrainingDetail> shown = trainings.subList(Math.max(0, trainings.size() - MAX_TRAININGS), trainings.size());
        if (shown.size() < trainings.size()) {
            out.element(
                    "p",
                    trainings.size() - shown.size() + " earlier trainings are not shown; all totals include them.",
                    "class",
                    "quiet");
        }
        shown.forEach(training -> new TrainingSection(out, training, units).write());
        new EnergySection(out, run, units).write();
        if (!run.microjoules().isEmpty()) {
            new ElsewhereSection(out, run.totalMicrojoules(), carbon, units).write();
        }
        new MethodSection(out, run, carbon).write();
        out.endLine();
        PageFrame.end(
                out, "Made by Wattle " + run.wattle() + " from the journal of the run. This file loads nothing else.");
        return out.written();
    }

    private void head() {
        out.start("header")
                .start("h1")
                .text("Energy of the run ")
                .name(run.run())
                .endLine();
        out.start("p");
        run.project().ifPresent(project -> out.text("Project ").name(project).text(" \u00b7 "));
        out.text("host ").name(run.host());
        run.started().ifPresent(start -> out.text(" \u00b7 started " + minute(start) + " UTC"));
        if (Double.isFinite(run.seconds())) {
            out.text(" \u00b7 ran " + QuantityFormat.wholeDuration(run.seconds()));
        }
        run.labels().forEach((name, value) -> out.text(" \u00b7 ").name(name + ": " + value));
        out.endLine();
        if (run.killed()) {
            out.element(
                    "p",
                    "This run was killed or still runs: its figures are those of its last checkpoint.",
                    "class",
                    "warn");
        }
        out.endLine();
    }

    static String minute(Instant instant) {
        String text = instant.toString();
        return text.length() < 16 ? text : text.substring(0, 16).replace('T', ' ');
    }
}
