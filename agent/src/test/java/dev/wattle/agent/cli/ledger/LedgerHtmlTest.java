/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.ledger.read.LedgerFiles;
import dev.wattle.core.ledger.totals.LedgerTotals;
import dev.wattle.core.report.html.LedgerOverview;
import dev.wattle.core.report.html.LedgerPage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerHtmlTest {
    private static final Path RECORDED = Path.of("src/test/resources/journals/0.1.0-dl4j.jsonl");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--zone=FR --pue=1.5 | CO2e recomputed for FR, PUE 1.5 | CO2e recomputed for FR, 41.79 g/kWh, 2025, lifecycle; PUE 1.5.",
                "--zone=FR | CO2e recomputed for FR | CO2e recomputed for FR, 41.79 g/kWh, 2025, lifecycle; the PUE of each run.",
                "--pue=1.5 | CO2e recomputed with PUE 1.5 | CO2e recomputed with PUE 1.5 and the carbon intensity of each run.",
                "--carbon-intensity=100 | CO2e recomputed at 100 g/kWh | CO2e recomputed at 100 g/kWh; the PUE of each run."
            })
    void saysWhatAWhatIfRecomputedAndHasTheSameFigureInSumAndRow(String options, String label, String sentence)
            throws InterruptedException {
        LedgerOverview overview = overview(options.split(" ", -1));

        assertThat(overview.runs())
                .singleElement()
                .satisfies(run ->
                        assertThat(run.gramsCo2e()).isCloseTo(overview.totals().gramsCo2e(), within(1e-9)));
        assertThat(LedgerPage.of(overview, "0.1.0"))
                .contains("<span>" + label + "</span>", sentence)
                .doesNotContain("as the runs computed it");
    }

    @Test
    void saysOneRun() throws InterruptedException {
        assertThat(LedgerPage.of(overview(), "0.1.0"))
                .contains("Energy of 1 run", "as the runs computed it")
                .doesNotContain("1 runs", "recomputed");
    }

    private static LedgerOverview overview(String... options) throws InterruptedException {
        ReportOptions parsed = ReportOptions.parse(List.of(options), Clock.systemUTC());
        LedgerFiles files = LedgerFiles.in(List.of(RECORDED));
        return LedgerHtml.overview(List.of(RECORDED), files, LedgerTotals.of(files, parsed.query()), parsed);
    }
}
