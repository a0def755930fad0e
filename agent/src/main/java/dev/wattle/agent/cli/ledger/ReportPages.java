/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.agent.config.AgentConfig;
import dev.wattle.agent.premain.CommandLine;
import dev.wattle.agent.premain.HelpText;
import dev.wattle.agent.premain.StderrLog;
import dev.wattle.core.json.JsonText;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.report.declare.SpdxJson;
import dev.wattle.core.report.html.LedgerPage;
import dev.wattle.core.report.html.RunPage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The forms of {@code report} that are files for others: {@code --html} of a run or a ledger, {@code --spdx} of a run. */
final class ReportPages {

    private static final int FAILED = 1;
    private static final String HTML = "--html";
    private static final String SPDX = "--spdx";
    private static final String DEFAULT_FILE = "wattle-report.html";

    private final List<String> words = new ArrayList<>();
    private final PrintStream out;
    private final Consumer<String> log;
    private Optional<Path> html = Optional.empty();
    private boolean spdx;

    private ReportPages(PrintStream out, Consumer<String> log) {
        this.out = out;
        this.log = log;
    }

    /** Whether one of the words asks for such a form. */
    static boolean areAsked(String[] words) {
        for (String word : words) {
            if (word.startsWith(SPDX) || word.equals(HTML) || word.startsWith(HTML + "=")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes it.
     *
     * @return 0; 1 where there is no such run, or the file cannot be written; 2 for a wrong command line
     */
    static int run(String[] words, PrintStream out, PrintStream err) throws InterruptedException {
        ReportPages pages = new ReportPages(out, line -> StderrLog.print(err, "report: " + line));
        try {
            pages.parse(words);
            return pages.write();
        } catch (IllegalArgumentException wrong) {
            pages.log.accept(String.valueOf(wrong.getMessage()));
            return CommandLine.WRONG_USAGE;
        }
    }

    private void parse(String[] given) {
        for (String word : given) {
            if (word.equals(SPDX)) {
                spdx = true;
            } else if (word.startsWith(SPDX)) {
                throw new IllegalArgumentException("there is no option " + word + "; --spdx takes no value");
            } else if (word.equals(HTML)) {
                html = Optional.of(Path.of(DEFAULT_FILE));
            } else if (word.startsWith(HTML + "=")) {
                html = Optional.of(path(word.substring(HTML.length() + 1)));
            } else {
                words.add(word);
            }
        }
        if (spdx && (words.size() != 1 || words.get(0).startsWith("-"))) {
            throw new IllegalArgumentException("--spdx takes one run: its journal, its name or the start of its name");
        }
    }

    private static Path path(String text) {
        try {
            if (!text.isEmpty()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--html=" + text + " is not a path", e);
        }
        throw new IllegalArgumentException("--html= needs the name of a file; --html alone writes " + DEFAULT_FILE);
    }

    private int write() throws InterruptedException {
        Optional<RunDetail> run = Optional.empty();
        if (isOneRun()) {
            try {
                run = Optional.of(new RunFinder(ledger()).find(words.get(0)));
            } catch (IllegalArgumentException notFound) {
                log.accept(String.valueOf(notFound.getMessage()));
                return FAILED;
            }
        }
        if (spdx) {
            String json = JsonText.indented(SpdxJson.of(run.orElseThrow(), Instant.now()));
            out.writeBytes((json + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (html.isEmpty()) {
            return 0;
        }
        Optional<String> page = run.isPresent() ? run.map(RunPage::of) : ledgerPage();
        if (page.isEmpty()) {
            return FAILED;
        }
        Optional<String> failure = HtmlFile.write(html.get(), page.get());
        log.accept(failure.orElse("wrote " + html.get().toAbsolutePath()));
        return failure.isPresent() ? FAILED : 0;
    }

    /** One word that is no directory names a run. */
    private boolean isOneRun() {
        return words.size() == 1 && !words.get(0).startsWith("-") && !Files.isDirectory(path(words.get(0)));
    }

    private Optional<Path> ledger() {
        return AgentConfig.ofThisJvm("", log).ledger();
    }

    private Optional<String> ledgerPage() throws InterruptedException {
        ReportOptions options = ReportOptions.parse(words, Clock.systemUTC());
        List<Path> places = options.places().isEmpty() ? ledger().stream().toList() : options.places();
        Optional<String> page =
                LedgerHtml.overview(places, options).map(overview -> LedgerPage.of(overview, HelpText.version()));
        if (page.isEmpty()) {
            log.accept("no journal of a run in " + places);
        }
        return page;
    }
}
