/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.ledger.compare.Comparison;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.ledger.detail.RunDetailFile;
import dev.wattle.core.report.html.ComparePage;
import dev.wattle.core.report.html.LedgerOverview;
import dev.wattle.core.report.html.LedgerPage;
import dev.wattle.core.report.html.RunPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTML reports, in a real browser. */
@Tag("long")
class ReportPagesTest {
    /** The page's script shows them after the layout. */
    private static final String WIDE_TABLES_HAVE_HINTS =
            "Array.from(document.querySelectorAll('.scroll')).every(table => table.scrollWidth <= table.clientWidth + 1"
                    + " || !table.parentElement.querySelector('.scroll-hint').hidden)";

    private static final Path JOURNALS = Path.of("../core/src/test/resources/journals");
    private static Browser browser;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void showsEverythingAtEveryWidthInBothThemesAndOnPaper() throws IOException {
        for (String page : List.of(RunPage.of(run("base")), comparison(), LedgerPage.of(ledger(5_000), "0.1.0"))) {
            open(page);
            for (int width : List.of(400, 800, 1_400)) {
                browser.size(width, 900);
                browser.await("the hints of wide tables", WIDE_TABLES_HAVE_HINTS);
                assertThat(PageLayout.faults(browser))
                        .as("at a width of " + width)
                        .isEmpty();
            }
            String light = browser.theme(Browser.Theme.LIGHT).text("getComputedStyle(document.body).backgroundColor");
            String dark = browser.theme(Browser.Theme.DARK).text("getComputedStyle(document.body).backgroundColor");
            browser.theme(Browser.Theme.LIGHT);
            assertThat(dark).isNotEqualTo(light);
            assertThat(new String(browser.pdf(), StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
        }
        assertThat(browser.problems()).isEmpty();
        assertThat(browser.requests()).allMatch(address -> address.startsWith("file:"));
    }

    @Test
    void drawsTheValuesAndSaysThemToPointerAndKeyboard() throws IOException {
        RunDetail run = run("base");
        browser.size(1_000, 900);
        open(RunPage.of(run));

        assertThat(browser.number("document.querySelectorAll('.area[aria-labelledby=\"training-1-curve-title\"] .mark')"
                        + ".length"))
                .isEqualTo(12);
        double x = browser.number("document.querySelectorAll('.mark')[11].getBoundingClientRect().x");
        double y = browser.number("document.querySelectorAll('.mark')[11].getBoundingClientRect().y");
        browser.moveMouse(x + 2, y + 2);
        browser.await("the value", "document.querySelector('.tip').textContent.startsWith('epoch 12: accuracy ')");

        browser.evaluate("document.querySelector('.area').focus()");
        browser.press("ArrowLeft");
        browser.await("the value before", "document.querySelector('.tip').textContent.startsWith('epoch 11: ')");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void treatsHostileNamesAsText() throws IOException {
        open(RunPage.of(run("hostile")));

        assertThat(browser.text("document.querySelector('h1').textContent")).contains("<script>alert(1)</script>");
        assertThat(browser.number("document.scripts.length")).isEqualTo(1);
        assertThat(browser.number("document.images.length")).isZero();
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void staysSmallForManyRuns() throws IOException {
        String page = LedgerPage.of(ledger(5_000), "0.1.0");

        assertThat(page.length()).isLessThan(400_000);
        open(page);
        assertThat(browser.number("document.querySelectorAll('tbody tr').length"))
                .isLessThan(250);
    }

    private static RunDetail run(String name) {
        return RunDetailFile.read(JOURNALS.resolve(name + ".jsonl")).run().orElseThrow();
    }

    private static String comparison() {
        return ComparePage.of(
                Comparison.of(List.of(run("base"), run("small"), run("killed")), Comparison.Request.none()), "0.1.0");
    }

    private static LedgerOverview ledger(int count) {
        List<LedgerOverview.Run> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long microjoules = 1_000_000_000L * (1 + i * 7919L % 997);
            runs.add(new LedgerOverview.Run(
                    "run-" + i,
                    "vision",
                    "host",
                    Instant.parse("2026-11-01T00:00:00Z").plusSeconds(600L * i),
                    100,
                    microjoules,
                    1,
                    "counter",
                    false,
                    "accuracy",
                    true,
                    0.5 + i % 31 / 100.0));
        }
        LedgerOverview.Group all = new LedgerOverview.Group("vision", 500_000_000_000L * count, count, count, 0, 100);
        List<LedgerOverview.Group> days = new ArrayList<>();
        for (int day = 10; day < 31; day++) {
            days.add(new LedgerOverview.Group("2026-11-" + day, 1_000_000_000_000L * day, day, day, 0, 100));
        }
        return new LedgerOverview("/runs", all, days, List.of(all), runs, Optional.empty(), "CO2e", List.of());
    }

    private void open(String page) throws IOException {
        Path file = Files.createTempFile(directory, "report", ".html");
        Files.writeString(file, page);
        browser.open(file.toUri());
    }
}
