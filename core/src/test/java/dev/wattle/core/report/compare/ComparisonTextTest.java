/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.ledger.compare.Comparison;
import dev.wattle.core.ledger.compare.Goal;
import dev.wattle.core.ledger.detail.JournalFixture;
import dev.wattle.core.ledger.detail.RunDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparisonTextTest {

    private static Comparison compare(String goal, String... runs) {
        Optional<Goal> reach = goal.isEmpty() ? Optional.empty() : Optional.of(Goal.parse(goal));
        return Comparison.of(
                Stream.of(runs).map(JournalFixture::run).toList(),
                new Comparison.Request(Optional.empty(), reach, Optional.empty()));
    }

    @Test
    void saysWhatTheSmallerRunSavedAndWhatThatCost() {
        RunDetail base = JournalFixture.run("base");
        RunDetail small = JournalFixture.run("small");
        long saved = Math.round(100 - 100.0 * small.totalMicrojoules() / base.totalMicrojoules());

        assertThat(ComparisonSentences.verdict(compare("", "base", "small")))
                .hasValueSatisfying(verdict -> assertThat(verdict)
                        .startsWith("Run B used " + saved + " % less energy than run A for ")
                        .endsWith(" points less accuracy."));
    }

    @Test
    void marksKilledRunsAndExplainsItsFigures() {
        String text = ComparisonText.of(compare("accuracy=0.9", "base", "small", "killed"));

        assertThat(text)
                .contains("C  resnet-wide (demo), started 2026-11-20T09:05Z, KILLED or still running\n")
                .contains("energy (kJ)", "CO2e (g)", "per sample (mJ)", "to accuracy >= 0.9 (kJ)", "reached at epoch")
                .contains("note: C was killed or still runs: its figures are those of the last checkpoint.")
                .contains("nothing is interpolated");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void showsManyRunsAsRows() {
        String text = ComparisonText.of(compare("", "base", "small", "base", "small", "base", "killed"));

        assertThat(text.lines().filter(line -> line.matches(" +[A-F] .*"))).hasSize(6);
    }

    @Test
    void saysWhatIsUnknownInPlaceOfAZero() {
        RunDetail base = JournalFixture.run("base");
        Comparison comparison =
                Comparison.of(List.of(base, withoutTrainings(JournalFixture.run("small"))), Comparison.Request.none());

        String text = ComparisonText.of(comparison);

        assertThat(text).contains("B has no value of accuracy and is not on the front.");
        assertThat(text).contains("what that did to the results is not known");
        assertThat(line(text, "  accuracy")).endsWith(" -");
        JsonObject second =
                ComparisonJson.of(comparison).getAsJsonArray("runs").get(1).getAsJsonObject();
        assertThat(second.keySet()).doesNotContain("final", "best", "joules_per_sample");
    }

    @Test
    void recomputesAllForOnePlace() {
        CarbonSettings place = new CarbonSettings(CarbonIntensity.custom(100), 1.5, false);
        Comparison comparison = Comparison.of(
                List.of(JournalFixture.run("base"), JournalFixture.run("small")),
                new Comparison.Request(Optional.empty(), Optional.empty(), Optional.of(place)));

        assertThat(comparison.runs())
                .allSatisfy(run -> assertThat(run.gramsCo2e()).hasValue(place.gramsCo2e(run.microjoules())));
    }

    @Test
    void writesTheNamesOfTheJournal() {
        JsonObject json = ComparisonJson.of(compare("accuracy=0.9", "base", "small"));

        JsonObject first = json.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(first.keySet())
                .contains(
                        "run",
                        "seconds",
                        "microjoules",
                        "kwh",
                        "co2e_grams",
                        "killed",
                        "final",
                        "best",
                        "pareto",
                        "reach");
        assertThat(first.get("microjoules").getAsLong())
                .isEqualTo(JournalFixture.run("base").totalMicrojoules());
        assertThat(first.getAsJsonObject("reach").get("reached").getAsBoolean()).isTrue();
        assertThat(first.get("pareto").getAsBoolean()).isTrue();
    }

    @Test
    void namesAGoalThatNobodyReached() {
        String text = ComparisonText.of(compare("accuracy=0.9999", "base", "small"));

        assertThat(line(text, "  reached at epoch")).matches(" *reached at epoch +never +never");
    }

    @Test
    void namesBothOfTwoRunsWithTheSameEnergy() {
        RunDetail base = JournalFixture.run("base");
        RunDetail without = withoutTrainings(base);

        assertThat(List.of(
                        Comparison.of(List.of(without, without), Comparison.Request.none()),
                        Comparison.of(List.of(base, without), Comparison.Request.none())))
                .allSatisfy(comparison -> assertThat(ComparisonSentences.verdict(comparison))
                        .hasValueSatisfying(
                                verdict -> assertThat(verdict).startsWith("Run A used as much energy as run B; ")));
    }

    @Test
    void doesNotSayNeverOfAMetricThatWasNotRecorded() {
        Comparison comparison = Comparison.of(
                List.of(withoutTrainings(JournalFixture.run("base")), JournalFixture.run("small")),
                new Comparison.Request(Optional.empty(), Optional.of(Goal.parse("accuracy=0.9999")), Optional.empty()));

        String text = ComparisonText.of(comparison);

        assertThat(line(text, "  reached at epoch")).matches(" *reached at epoch +- +never");
        assertThat(text).contains("accuracy is not in the journal of run A.");
        JsonObject first =
                ComparisonJson.of(comparison).getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(first.has("reach")).isFalse();
    }

    private static String line(String text, String start) {
        return text.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }

    private static RunDetail withoutTrainings(RunDetail run) {
        return new RunDetail(
                run.run(),
                run.project(),
                run.labels(),
                run.host(),
                run.java(),
                run.wattle(),
                run.started(),
                run.killed(),
                run.seconds(),
                run.microjoules(),
                run.microjoulesByQuality(),
                run.processMicrojoules(),
                run.gramsCo2e(),
                run.carbon(),
                run.devices(),
                run.phases(),
                new ArrayList<>(),
                run.checkpoints(),
                run.unmetered(),
                run.damage());
    }
}
