/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.carbon.FigureSource;
import dev.wattle.core.carbon.FigureSources;
import dev.wattle.core.file.TsvTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EquivalencesTest {

    private final Equivalences equivalences = Equivalences.bundled();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.001 | 2.4 cm by train (Green Algorithms, 2020)",
                "0.0164 | 1.6 seconds of video streaming (Green Algorithms, 2020)",
                "3 | 12 m driven by car (EPA, 2026)",
                "12.4 | 1 smartphone charge (EPA, 2026)",
                "16.2 | 1.3 smartphone charges (EPA, 2026)",
                "3174.6 | 13 km driven by car (EPA, 2026)",
                "30100 | 123 km driven by car (EPA, 2026)",
                "150000 | 3 flights from Paris to London, one passenger (Green Algorithms, 2020)",
                "284019130 | 5 lifetimes of a car, fuel included (Strubell et al., 2019)",
                "1e9 | 17 lifetimes of a car, fuel included (Strubell et al., 2019)"
            })
    void theClosestOneIsOfASizeOneCanPicture(double gramsCo2e, String text) {
        assertThat(equivalences.closest(gramsCo2e).map(Equivalence::text)).contains(text);
    }

    @Property
    void fromAMilligramToAThousandTonnesTheCountIsFromOneToAThousand(
            @ForAll @DoubleRange(min = -3, max = 9) double exponent) {
        double gramsCo2e = Math.max(0.001, Math.pow(10, exponent));

        Equivalence closest = equivalences.closest(gramsCo2e).orElseThrow();

        assertThat(closest.count()).isBetween(1.0, 1_000.0);
        assertThat(closest.count() * closest.gramsCo2ePerThing()).isCloseTo(gramsCo2e, within(gramsCo2e * 1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.00099, -5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void thereIsNoneForLessThanAMilligramNorForWhatIsNoMass(double gramsCo2e) {
        assertThat(equivalences.closest(gramsCo2e)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -5, Double.NaN, Double.POSITIVE_INFINITY})
    void nothingIsLikeWhatIsNoMass(double gramsCo2e) {
        assertThat(equivalences.all(gramsCo2e)).isEmpty();
    }

    @Test
    void aListHasWhatOneCanStillRead() {
        List<Equivalence> all = equivalences.all(10_000);

        assertThat(all)
                .extracting(Equivalence::amount)
                .contains(
                        "806 smartphone charges",
                        "41 km driven by car",
                        "0.20 flights from Paris to London, one passenger")
                .noneMatch(amount -> amount.contains("e-"));
        assertThat(all).extracting(Equivalence::code).doesNotContain("train-cm", "gpt-3");
        assertThat(all).allSatisfy(one -> assertThat(one.count()).isBetween(0.01, 100_000.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.0123 | 0.012",
                "0.99 | 0.99",
                "0.999 | 1",
                "1.04 | 1",
                "9.94 | 9.9",
                "9.96 | 10",
                "99.5 | 100",
                "9999 | 9999",
                "12345 | 12,345",
                "2500000 | 2.5 million"
            })
    void countsHaveTwoSignificantDigitsAndNoExponent(double count, String text) {
        assertThat(Equivalence.countText(count)).isEqualTo(text);
    }

    @Test
    void everyRowHasAYearAndASourceThatIsDeclared() {
        List<TsvTable.Row> rows = TsvTable.load(Equivalences.class, "equivalences.tsv");

        assertThat(rows).hasSizeGreaterThan(20).allSatisfy(row -> {
            assertThat(row.fields()).noneMatch(String::isBlank);
            assertThat(row.number("grams_co2e")).isPositive();
            assertThat(row.number("parts")).isGreaterThanOrEqualTo(1);
            assertThat(row.whole("year")).isBetween(2000, 2026);
            assertThat(row.text("use")).isIn("picture", "list");
            assertThat(FigureSources.bundled().find(row.text("source"))).isPresent();
        });
        assertThat(rows).extracting(TsvTable.Row::first).doesNotHaveDuplicates();
        assertThat(rows)
                .isSortedAccordingTo(Comparator.comparingDouble(row -> row.number("grams_co2e") / row.number("parts")));
    }

    @Test
    void aSourceIsAnEntryOfAListOfReferences() {
        Optional<FigureSource> epa = FigureSources.bundled().find("epa-eq");

        assertThat(epa.map(FigureSource::reference))
                .contains("US Environmental Protection Agency: Greenhouse Gas Equivalencies Calculator (2026)");
    }
}
