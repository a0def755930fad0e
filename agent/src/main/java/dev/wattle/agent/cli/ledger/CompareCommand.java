/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.agent.config.AgentConfig;
import dev.wattle.agent.premain.CommandLine;
import dev.wattle.agent.premain.HelpText;
import dev.wattle.agent.premain.StderrLog;
import dev.wattle.core.json.JsonText;
import dev.wattle.core.ledger.compare.Comparison;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.report.compare.ComparisonJson;
import dev.wattle.core.report.compare.ComparisonText;
import dev.wattle.core.report.html.ComparePage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The command {@code compare}: what runs used and reached, side by side. */
public final class CompareCommand {

    private static final int FAILED = 1;

    private CompareCommand() {}

    /**
     * Compares the runs and prints the result.
     *
     * @param words as {@link CompareOptions#USAGE} says
     * @return 0; 1 where a run cannot be read or the file not be written; 2 for a wrong command line
     */
    public static int run(String[] words, PrintStream out, PrintStream err) {
        if (LedgerHelp.isAsked(words)) {
            out.print(LedgerHelp.ofCompare());
            return 0;
        }
        Consumer<String> log = line -> StderrLog.print(err, line);
        CompareOptions options;
        try {
            options = CompareOptions.parse(words);
        } catch (IllegalArgumentException e) {
            log.accept(String.valueOf(e.getMessage()));
            return CommandLine.WRONG_USAGE;
        }
        List<RunDetail> runs;
        try {
            runs = new RunFinder(options.ledger().or(() -> configuredLedger(log))).findAll(options.runs());
        } catch (IllegalArgumentException e) {
            log.accept("compare: " + e.getMessage());
            return FAILED;
        }
        runs.forEach(run -> run.damage().ifPresent(damage -> log.accept("the journal of " + run.run() + " " + damage)));
        Comparison comparison = Comparison.of(runs, options.request());
        if (options.html().isPresent()) {
            String page = ComparePage.of(comparison, HelpText.version());
            Optional<String> failure = HtmlFile.write(options.html().get(), page);
            if (failure.isPresent()) {
                log.accept(failure.get());
                return FAILED;
            }
            log.accept("wrote " + options.html().get().toAbsolutePath());
        }
        // In UTF-8 whatever the terminal's encoding, as names of runs are.
        if (options.json()) {
            write(out, JsonText.indented(ComparisonJson.of(comparison)) + "\n");
        } else if (options.html().isEmpty()) {
            write(out, ComparisonText.of(comparison));
        }
        return 0;
    }

    private static Optional<Path> configuredLedger(Consumer<String> log) {
        return AgentConfig.ofThisJvm("", log).ledger();
    }

    private static void write(PrintStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
