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
import dev.wattle.core.ledger.read.SkippedFile;
import dev.wattle.core.ledger.totals.LedgerTotals;
import dev.wattle.core.report.declare.AiActStatement;
import dev.wattle.core.report.text.Paragraph;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The command {@code report}: sums up the runs of a ledger. It needs no network and changes no file. */
public final class ReportCommand {
    private static final int NOTHING_FOUND = 1;
    private static final int STATEMENT_WIDTH = 100;

    private ReportCommand() {}

    /**
     * Prints the report.
     *
     * @param words files, directories, names of runs, and options
     * @return 0; 1 where there is no journal or no such run; 2 for a wrong command line
     */
    public static int run(String[] words, PrintStream out, PrintStream err) throws InterruptedException {
        if (LedgerHelp.isAsked(words)) {
            out.print(LedgerHelp.ofReport());
            return 0;
        }
        Consumer<String> log = line -> StderrLog.print(err, "report: " + PlainText.of(line));
        try {
            return report(ReportOptions.parse(List.of(words), Clock.systemUTC()), out, log);
        } catch (IllegalArgumentException wrong) {
            log.accept(String.valueOf(wrong.getMessage()));
            return CommandLine.WRONG_USAGE;
        }
    }

    private static int report(ReportOptions options, PrintStream out, Consumer<String> log)
            throws InterruptedException {
        if (options.spdx() && options.places().size() != 1) {
            throw new IllegalArgumentException("--spdx takes one run: its journal, its name or the start of its name");
        }
        List<Path> places = new ArrayList<>();
        try {
            for (Path place : options.places()) {
                places.add(existing(place, log));
            }
        } catch (IllegalArgumentException notFound) {
            log.accept(String.valueOf(notFound.getMessage()));
            return NOTHING_FOUND;
        }
        if (places.isEmpty()) {
            places.add(ledger(log)
                    .orElseThrow(
                            () -> new IllegalArgumentException("there is no ledger here; name a directory or files")));
        }
        LedgerFiles files = LedgerFiles.in(places);
        if (files.files().isEmpty()) {
            log.accept("no journal of a run in " + text(places) + " (a file whose name ends in .jsonl)");
            return NOTHING_FOUND;
        }
        return options.html().isPresent() || options.spdx()
                ? new ReportPages(options, places, files, out, log).write()
                : print(options, places, files, out, log);
    }

    /** A path that exists is before the name of a run. */
    private static Path existing(Path place, Consumer<String> log) {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return place;
        }
        String word = place.toString();
        if (place.getNameCount() > 1 || place.isAbsolute() || word.endsWith(".jsonl")) {
            throw new IllegalArgumentException(word + " does not exist");
        }
        return new RunFinder(ledger(log)).fileOf(word);
    }

    private static Optional<Path> ledger(Consumer<String> log) {
        return AgentConfig.ofThisJvm("", log).ledger();
    }

    private static int print(
            ReportOptions options, List<Path> places, LedgerFiles files, PrintStream out, Consumer<String> log)
            throws InterruptedException {
        LedgerTotals totals = LedgerTotals.of(files, options.query());
        if (totals.runsRead() == 0) {
            log.accept(nothingRead(places, totals));
            return NOTHING_FOUND;
        }
        if (totals.totals().runs() == 0) {
            log.accept(noneSelected(totals));
            if (options.format() == ReportOptions.Format.TEXT) {
                return 0;
            }
        }
        Optional<String> statement = files.files().size() == 1
                ? RunDetailFile.read(files.files().get(0)).run().flatMap(AiActStatement::of)
                : Optional.empty();
        // JSON and CSV are UTF-8 whatever the terminal's encoding.
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

    /** Why no file could be counted. */
    static String nothingRead(List<Path> places, LedgerTotals totals) {
        List<SkippedFile> skipped = totals.skipped();
        return "no journal of a run in " + text(places)
                + (skipped.isEmpty()
                        ? ""
                        : ": " + skipped.get(0).file() + " " + skipped.get(0).reason())
                + (skipped.size() > 1 ? "; and " + (skipped.size() - 1) + " more" : "");
    }

    /** That the query leaves out all runs. */
    static String noneSelected(LedgerTotals totals) {
        return (totals.runsRead() == 1 ? "1 run" : totals.runsRead() + " runs") + " read, none selected";
    }

    static String text(List<Path> places) {
        return places.stream().map(Path::toString).collect(Collectors.joining(", "));
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
