/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.agent.attach.PlainText;
import dev.wattle.agent.config.AgentConfig;
import dev.wattle.agent.premain.CommandLine;
import dev.wattle.agent.premain.StderrLog;
import dev.wattle.core.json.JsonText;
import dev.wattle.core.ledger.detail.RunDetailFile;
import dev.wattle.core.ledger.read.LedgerFiles;
import dev.wattle.core.ledger.totals.LedgerTotals;
import dev.wattle.core.report.declare.AiActStatement;
import dev.wattle.core.report.text.Paragraph;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The command {@code report}: sums up the runs of a ledger. It needs no network and changes no file. */
public final class ReportCommand {
    private static final int NOTHING_FOUND = 1;
    private static final int STATEMENT_WIDTH = 100;

    private ReportCommand() {}

    /**
     * Prints the report.
     *
     * @param words files, directories and options
     * @return 0; 1 where there is no journal; 2 for a wrong command line
     */
    public static int run(String[] words, PrintStream out, PrintStream err) throws InterruptedException {
        if (ReportPages.areAsked(words)) {
            return ReportPages.run(words, out, err);
        }
        ReportOptions options;
        try {
            options = ReportOptions.parse(List.of(words), Clock.systemUTC());
        } catch (IllegalArgumentException wrong) {
            StderrLog.print(err, "report: " + PlainText.of(String.valueOf(wrong.getMessage())));
            return CommandLine.WRONG_USAGE;
        }
        List<Path> places = options.places();
        if (places.isEmpty()) {
            Optional<Path> ledger = AgentConfig.ofThisJvm("", line -> StderrLog.print(err, line))
                    .ledger();
            if (ledger.isEmpty()) {
                StderrLog.print(err, "report: there is no ledger here; name a directory or files");
                return CommandLine.WRONG_USAGE;
            }
            places = List.of(ledger.get());
        }
        LedgerFiles files = LedgerFiles.in(places);
        if (files.files().isEmpty()) {
            StderrLog.print(
                    err,
                    "report: no journal (a file whose name ends in .jsonl) in "
                            + PlainText.of(String.join(
                                    ", ", places.stream().map(Path::toString).toList())));
            return NOTHING_FOUND;
        }
        LedgerTotals totals = LedgerTotals.of(files, options.query());
        // JSON and CSV are UTF-8 whatever the terminal's encoding.
        Optional<String> statement = files.files().size() == 1
                ? RunDetailFile.read(files.files().get(0)).run().flatMap(AiActStatement::of)
                : Optional.empty();
        switch (options.format()) {
            case JSON ->
                out.writeBytes(
                        withStatement(ReportJson.of(totals, options), statement).getBytes(StandardCharsets.UTF_8));
            case CSV -> out.writeBytes(ReportCsv.of(totals, options).getBytes(StandardCharsets.UTF_8));
            case TEXT -> out.print(ReportText.of(totals, options));
        }
        if (options.format() == ReportOptions.Format.TEXT) {
            statement.ifPresent(sentence -> {
                out.println();
                Paragraph.of("", sentence, STATEMENT_WIDTH).forEach(out::println);
            });
        }
        return 0;
    }

    /** The statement of one run as a field of the report's object. */
    private static String withStatement(String json, Optional<String> statement) {
        if (statement.isEmpty()) {
            return json;
        }
        JsonObject report = JsonParser.parseString(json).getAsJsonObject();
        report.addProperty("ai_act", statement.get());
        return JsonText.indented(report) + "\n";
    }
}
