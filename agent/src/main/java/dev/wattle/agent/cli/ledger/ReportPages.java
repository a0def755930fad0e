/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.agent.premain.HelpText;
import dev.wattle.core.json.JsonText;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.ledger.detail.RunDetailFile;
import dev.wattle.core.ledger.read.JournalReader;
import dev.wattle.core.ledger.read.LedgerFiles;
import dev.wattle.core.ledger.read.RecordedRun;
import dev.wattle.core.ledger.totals.LedgerTotals;
import dev.wattle.core.report.declare.SpdxJson;
import dev.wattle.core.report.html.LedgerPage;
import dev.wattle.core.report.html.RunPage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The forms of {@code report} that are files for others: {@code --html} of a run or a ledger, {@code --spdx} of a run.
 *
 * @param options with one of these forms
 * @param places the files and directories, all of which exist
 * @param files those in these places
 */
record ReportPages(ReportOptions options, List<Path> places, LedgerFiles files, PrintStream out, Consumer<String> log) {

    private static final int FAILED = 1;

    /**
     * Writes them.
     *
     * @return 0; 1 where there is no such run, or the file cannot be written; 2 for a wrong command line
     * @throws IllegalArgumentException with a line for a person where the options do not fit
     */
    int write() throws InterruptedException {
        if (options.html().isPresent()) {
            refuseInputs(options.html().get());
        }
        boolean oneFile = places.size() == 1 && !Files.isDirectory(places.get(0));
        if ((oneFile || options.spdx()) && !options.narrowing().isEmpty()) {
            throw new IllegalArgumentException((options.spdx() ? "--spdx" : "--html") + " of one run takes no "
                    + String.join(" and no ", options.narrowing())
                    + (options.spdx() ? "" : "; the page of a run has other places and facilities in a table"));
        }
        if (!oneFile && !options.spdx()) {
            return writeLedgerPage();
        }
        Path file = oneFile ? files.files().get(0) : onlyRun();
        RunDetailFile.Content content = RunDetailFile.read(file);
        if (content.run().isEmpty()) {
            log.accept(file + " " + content.problem().orElse("is no journal of a run"));
            return FAILED;
        }
        RunDetail run = content.run().get();
        if (options.spdx()) {
            String json = JsonText.indented(SpdxJson.of(run, Instant.now()));
            out.writeBytes((json + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return options.html().isPresent() ? write(RunPage.of(run)) : 0;
    }

    private Path onlyRun() {
        List<Path> runs = files.files().stream()
                .filter(file -> JournalReader.read(file) instanceof RecordedRun)
                .limit(2)
                .toList();
        if (runs.size() > 1) {
            throw new IllegalArgumentException(
                    "--spdx takes one run: there are several in " + ReportCommand.text(places) + "; name one of them");
        }
        return runs.isEmpty() ? files.files().get(0) : runs.get(0);
    }

    private int writeLedgerPage() throws InterruptedException {
        LedgerTotals totals = LedgerTotals.of(files, options.query());
        if (totals.runsRead() == 0) {
            log.accept(ReportCommand.nothingRead(places, totals));
            return FAILED;
        }
        if (totals.totals().runs() == 0) {
            log.accept(ReportCommand.noneSelected(totals) + "; no page is written");
            return 0;
        }
        return write(LedgerPage.of(LedgerHtml.overview(places, files, totals, options), HelpText.version()));
    }

    private int write(String page) {
        Path file = options.html().orElseThrow();
        Optional<String> failure = HtmlFile.write(file, page);
        log.accept(failure.orElse("wrote " + file.toAbsolutePath()));
        return failure.isPresent() ? FAILED : 0;
    }

    private void refuseInputs(Path file) {
        HtmlFile.refusal(file).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        if (Files.exists(file) && files.files().stream().anyMatch(input -> isSame(input, file))) {
            throw new IllegalArgumentException(
                    "--html=" + file + " would replace a file that is read; name another file");
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
