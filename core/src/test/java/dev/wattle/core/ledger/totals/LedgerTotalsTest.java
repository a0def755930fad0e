/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.ledger.read.JournalText;
import dev.wattle.core.ledger.read.LedgerFiles;
import dev.wattle.core.ledger.read.SkippedFile;
import dev.wattle.core.ledger.totals.Grouping.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTotalsTest {

    private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");
    private static final double CO2E_PER_MICROJOULE = 600 / 3.6e12;

    @TempDir
    Path ledger;

    @Test
    void eachGroupingHasItsRows() throws Exception {
        one("a", "vision", "blue", "ada", "node-1", START, 100);
        one("b", "vision", "red", "bob", "node-2", START.plusSeconds(86_400), 300);
        one("c", "speech", "red", "bob", "node-2", START.plusSeconds(90_000), 500);

        assertThat(rows(Property.PROJECT)).isEqualTo(Map.of("vision", 400L, "speech", 500L));
        assertThat(rows(new Grouping.Label("team"))).isEqualTo(Map.of("blue", 100L, "red", 800L));
        assertThat(rows(new Grouping.Label("none"))).isEqualTo(Map.of("(none)", 900L));
        assertThat(rows(Property.USER)).isEqualTo(Map.of("ada", 100L, "bob", 800L));
        assertThat(rows(Property.HOST)).isEqualTo(Map.of("node-1", 100L, "node-2", 800L));
        assertThat(rows(Property.DAY)).isEqualTo(Map.of("2026-11-01", 100L, "2026-11-02", 800L));
        assertThat(rows(Property.FRAMEWORK)).isEqualTo(Map.of("dl4j", 900L));
        assertThat(rows(Property.RUN)).isEqualTo(Map.of("a", 100L, "b", 300L, "c", 500L));
    }

    @Test
    void selectsByProjectAndTime() throws Exception {
        one("a", "vision", "blue", "ada", "node-1", START, 100);
        one("b", "vision", "red", "bob", "node-2", START.plusSeconds(86_400), 300);
        one("c", "speech", "red", "bob", "node-2", START.plusSeconds(90_000), 500);

        assertThat(totals(new LedgerQuery(
                                Property.RUN,
                                Optional.of(START.plusSeconds(1)),
                                Optional.of(START.plusSeconds(90_000)),
                                Optional.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty()))
                        .totals()
                        .microjoules())
                .isEqualTo(300);
        assertThat(totals(new LedgerQuery(
                                Property.RUN,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("vision"),
                                OptionalDouble.empty(),
                                OptionalDouble.empty()))
                        .totals()
                        .microjoules())
                .isEqualTo(400);
    }

    @Test
    void countsKilledRunsAndMarksThem() throws Exception {
        one("a", "vision", "blue", "ada", "node-1", START, 100);
        new JournalText().run("k").host("node-3").first().checkpoint(5, 40).write(ledger.resolve("k.jsonl"));

        LedgerRow totals = totals(LedgerQuery.all(Property.PROJECT)).totals();

        assertThat(totals.runs()).isEqualTo(2);
        assertThat(totals.killed()).isEqualTo(1);
        assertThat(totals.microjoules()).isEqualTo(140);
        assertThat(totals.seconds()).isEqualTo(15);
        assertThat(totals.processMicrojoules()).isEqualTo(70);
        assertThat(totals.co2eGrams()).isCloseTo(140 * CO2E_PER_MICROJOULE, within(1e-15));
    }

    @Test
    void computesTheSameEnergyElsewhere() throws Exception {
        one("a", "vision", "blue", "ada", "node-1", START, 3_600_000);

        assertThat(whatIf(OptionalDouble.of(100), OptionalDouble.empty())).isCloseTo(1e-6 * 100 * 1.5, within(1e-12));
        assertThat(whatIf(OptionalDouble.empty(), OptionalDouble.of(1))).isCloseTo(1e-6 * 400, within(1e-12));
        assertThat(whatIf(OptionalDouble.of(100), OptionalDouble.of(2))).isCloseTo(1e-6 * 200, within(1e-12));
    }

    @Test
    void countsACopyOfARunOnce() throws Exception {
        one("a", "vision", "blue", "ada", "node-1", START, 100);
        Files.copy(
                ledger.resolve("a.jsonl"),
                Files.createDirectory(ledger.resolve("old")).resolve("a.jsonl"));

        LedgerTotals found = totals(LedgerQuery.all(Property.PROJECT));

        assertThat(found.totals().microjoules()).isEqualTo(100);
        assertThat(found.totals().runs()).isEqualTo(1);
        assertThat(found.skipped())
                .extracting(SkippedFile::reason)
                .singleElement()
                .satisfies(reason -> assertThat(reason).startsWith("has the same run as "));
    }

    @Test
    void countsTheEnergyOfAMachineOnceWhereTwoRunsMeteredIt() throws Exception {
        // 10 W each: from 0 to 100 s and from 50 to 150 s; the union is 150 s.
        metered("a", START, 100, 10).write(ledger.resolve("a.jsonl"));
        metered("b", START.plusSeconds(50), 100, 10).write(ledger.resolve("b.jsonl"));

        LedgerTotals found = totals(LedgerQuery.all(Property.RUN));

        assertThat(found.totals().microjoules()).isEqualTo(1_500_000_000L);
        assertThat(found.totals().recordedMicrojoules()).isEqualTo(2_000_000_000L);
        assertThat(found.rows()).extracting(LedgerRow::microjoules).containsExactly(750_000_000L, 750_000_000L);
        assertThat(found.totals().processMicrojoules()).isEqualTo(1_000_000_000L);
        assertThat(found.totals().co2eGrams()).isCloseTo(1_500_000_000L * CO2E_PER_MICROJOULE, within(1e-9));
        assertThat(found.totals().microjoulesByQuality()).isEqualTo(Map.of("counter", 1_500_000_000L));
    }

    @Test
    void givesARunInsideAnotherItsHalf() throws Exception {
        metered("outer", START, 100, 10).write(ledger.resolve("a.jsonl"));
        metered("inner", START.plusSeconds(20), 10, 12).write(ledger.resolve("b.jsonl"));

        assertThat(rows(Property.RUN)).isEqualTo(Map.of("outer", 950_000_000L, "inner", 60_000_000L));
    }

    @Test
    void aMeasuredRunDisplacesAModelledOneWhileBothLast() throws Exception {
        metered("measured", START, 100, 10).write(ledger.resolve("a.jsonl"));
        series(text("modelled", START.plusSeconds(50)).device("cpu", "cpu", "modelled", "machine"), 100, 7)
                .write(ledger.resolve("b.jsonl"));

        LedgerTotals found = totals(LedgerQuery.all(Property.RUN));

        assertThat(rows(Property.RUN)).isEqualTo(Map.of("measured", 1_000_000_000L, "modelled", 350_000_000L));
        assertThat(found.totals().microjoulesByQuality())
                .isEqualTo(Map.of("counter", 1_000_000_000L, "modelled", 350_000_000L));
    }

    @Test
    void containersAddUpAndOtherHostsToo() throws Exception {
        series(text("a", START).device("cpu", "cpu", "modelled", "container"), 100, 10)
                .write(ledger.resolve("a.jsonl"));
        series(text("b", START).device("cpu", "cpu", "modelled", "container"), 100, 10)
                .write(ledger.resolve("b.jsonl"));
        series(text("c", START).host("node-2"), 100, 10).write(ledger.resolve("c.jsonl"));

        assertThat(totals(LedgerQuery.all(Property.RUN)).totals().microjoules()).isEqualTo(3_000_000_000L);
    }

    @Test
    void theBootOfTheKernelDecidesWhereItIsRecorded() throws Exception {
        series(text("a", START).host("pod-1").boot("x"), 100, 10).write(ledger.resolve("a.jsonl"));
        series(text("b", START).host("pod-2").boot("x"), 100, 10).write(ledger.resolve("b.jsonl"));
        series(text("c", START).host("pod-1").boot("y"), 100, 10).write(ledger.resolve("c.jsonl"));

        assertThat(totals(LedgerQuery.all(Property.RUN)).totals().microjoules()).isEqualTo(2_000_000_000L);
    }

    @Test
    void theRowsOfAProjectAreTheSameWhetherOthersAreShownOrNot() throws Exception {
        series(text("a", START).project("p"), 100, 10).write(ledger.resolve("a.jsonl"));
        series(text("b", START).project("q"), 100, 10).write(ledger.resolve("b.jsonl"));

        assertThat(totals(new LedgerQuery(
                                Property.RUN,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("p"),
                                OptionalDouble.empty(),
                                OptionalDouble.empty()))
                        .totals()
                        .microjoules())
                .isEqualTo(rows(Property.PROJECT).get("p"))
                .isEqualTo(500_000_000L);
    }

    @Test
    void namesARunThatIsTooLargeToAdd() throws Exception {
        one("a", "vision", "blue", "ada", "node-1", START, Long.MAX_VALUE - 5);
        one("b", "vision", "blue", "ada", "node-2", START, 100);

        LedgerTotals found = totals(LedgerQuery.all(Property.RUN));

        assertThat(found.totals().microjoules()).isEqualTo(Long.MAX_VALUE - 5);
        assertThat(found.skipped()).extracting(SkippedFile::file).containsExactly(ledger.resolve("b.jsonl"));
    }

    private void one(String run, String project, String team, String user, String host, Instant start, long microjoules)
            throws IOException {
        new JournalText()
                .run(run)
                .project(project)
                .labels("{\"team\":\"" + team + "\"}")
                .user(user)
                .host(host)
                .started(start)
                .first()
                .checkpoint(1, microjoules / 2)
                .summary(10, microjoules)
                .write(ledger.resolve(run + ".jsonl"));
    }

    private static JournalText text(String name, Instant start) {
        return new JournalText().run(name).started(start);
    }

    private static JournalText metered(String name, Instant start, int seconds, int watts) {
        return series(text(name, start), seconds, watts);
    }

    private static JournalText series(JournalText text, int seconds, int watts) {
        text.first();
        for (int second = 4; second < seconds; second += 4) {
            text.checkpoint(second, second * watts * 1_000_000L);
        }
        return text.summary(seconds, seconds * watts * 1_000_000L);
    }

    private Map<String, Long> rows(Grouping grouping) throws InterruptedException {
        LedgerTotals found = totals(LedgerQuery.all(grouping));
        Map<String, Long> rows =
                found.rows().stream().collect(Collectors.toMap(LedgerRow::name, LedgerRow::microjoules));
        assertThat(rows.values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(found.totals().microjoules());
        return rows;
    }

    private double whatIf(OptionalDouble gramsPerKwh, OptionalDouble pue) throws InterruptedException {
        return totals(new LedgerQuery(
                        Property.RUN, Optional.empty(), Optional.empty(), Optional.empty(), gramsPerKwh, pue))
                .totals()
                .co2eGrams();
    }

    private LedgerTotals totals(LedgerQuery query) throws InterruptedException {
        return LedgerTotals.of(LedgerFiles.in(List.of(ledger)), query);
    }
}
