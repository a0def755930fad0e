/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.Epochs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static final double JOULE = Epochs.JOULE;

    @Test
    void leavesTheFirstEpochOutOfWhatIsToCome() {
        Projection projection = Projection.of(Epochs.of(900, 90, 110), 10).orElseThrow();

        assertThat(projection.epochsDone()).isEqualTo(3);
        assertThat(projection.observed()).isEqualTo(2);
        assertThat(projection.fromWarmUp()).isFalse();
        assertThat(projection.microjoules().expected()).isEqualTo((1_100 + 7 * 100) * JOULE);
    }

    @Test
    void givesThePredictionIntervalOfTheSumOfWhatIsToCome() {
        Projection projection =
                Projection.of(Epochs.of(500, 100, 102, 98, 104, 96), 16).orElseThrow();

        // Five observations with s = sqrt(10), ten to come, t(0.975, 4) = 2.776.
        assertThat(projection.microjoules().margin() / JOULE)
                .isCloseTo(2.776 * Math.sqrt(10) * Math.sqrt(10 + 100 / 5.0), within(1e-9));
        assertThat(projection.microjoules().low() / JOULE).isCloseTo(2_000 - 48.0820, within(1e-3));
        assertThat(projection.microjoules().high() / JOULE).isCloseTo(2_000 + 48.0820, within(1e-3));
    }

    @Test
    void projectsFromTheFirstEpochWhereThereIsNoOtherAndSaysSo() {
        Projection projection = Projection.of(Epochs.of(200), 5).orElseThrow();

        assertThat(projection.fromWarmUp()).isTrue();
        assertThat(projection.microjoules().expected()).isEqualTo(1_000 * JOULE);
        assertThat(projection.microjoules().hasRange()).isFalse();
    }

    @Test
    void projectsNothingFromAnEpochThatLacksSomeOfItsEnergy() {
        List<EpochRecord> partly = new Epochs(1).lacking(0).lacking(20).list();
        List<EpochRecord> lastWhole = Stream.concat(
                        partly.stream(), Epochs.of(0, 0, 100).stream().skip(2))
                .toList();

        assertThat(Projection.of(partly, 10)).isEmpty();
        assertThat(Projection.of(lastWhole, 10).orElseThrow().microjoules().expected())
                .isEqualTo((120 + 7 * 100) * JOULE);
    }

    @Test
    void hasNoRangeFromOneEpochAfterTheFirst() {
        Projection projection = Projection.of(Epochs.of(200, 100), 5).orElseThrow();

        assertThat(projection.fromWarmUp()).isFalse();
        assertThat(projection.microjoules().expected()).isEqualTo(600 * JOULE);
        assertThat(projection.microjoules().hasRange()).isFalse();
        assertThat(projection.microjoules().covers(600 * JOULE)).isFalse();
    }

    @Test
    void countsWhatLiesBetweenEpochsBecauseItComesAgain() {
        Epochs epochs = new Epochs(1);
        epochs.add(1, 100, 10, Double.NaN, Map.of(), 0).pause(2);
        epochs.add(1, 100, 10, Double.NaN, Map.of(), 15).pause(2);
        epochs.add(1, 100, 10, Double.NaN, Map.of(), 15);

        Projection projection = Projection.of(epochs.list(), 5).orElseThrow();

        assertThat(projection.microjoules().expected()).isEqualTo((100 + 4 * 115) * JOULE);
        assertThat(projection.nanos().expected()).isEqualTo((10 + 4 * 12) * 1e9);
        assertThat(projection.end()).isEqualTo(Epochs.BEGAN.plusSeconds(58));
    }

    @Test
    void projectsNothingWithoutAPlanOrEpochsOrAnythingToCome() {
        assertThat(Projection.of(Epochs.of(1, 2, 3), 0)).isEmpty();
        assertThat(Projection.of(List.of(), 10)).isEmpty();
        assertThat(Projection.of(Epochs.of(1, 2, 3), 3)).isEmpty();
        assertThat(Projection.of(Epochs.of(1, 2, 3), 2)).isEmpty();
    }

    @Test
    void weighsEpochsThatWerePutTogetherByTheirNumber() {
        Epochs epochs = new Epochs(1);
        epochs.add(1, 300, 3, Double.NaN, Map.of(), 0);
        epochs.add(4, 400, 4, Double.NaN, Map.of(), 0);
        epochs.add(1, 150, 1, Double.NaN, Map.of(), 0);

        Projection projection = Projection.of(epochs.list(), 16).orElseThrow();

        assertThat(projection.epochsDone()).isEqualTo(6);
        assertThat(projection.observed()).isEqualTo(5);
        assertThat(projection.microjoules().expected()).isEqualTo((850 + 10 * 110) * JOULE);
        // Weighted squares: 4 * 10^2 + 40^2, one degree of freedom.
        assertThat(projection.microjoules().margin() / JOULE)
                .isCloseTo(12.706 * Math.sqrt(2_000) * Math.sqrt(10 + 100 / 5.0), within(1e-6));
    }

    @Property
    void ofEpochsThatAreAllAlikeIsExactAndSure(
            @ForAll @LongRange(min = 1, max = 1_000_000) long joules,
            @ForAll @IntRange(min = 3, max = 40) int done,
            @ForAll @IntRange(min = 1, max = 1_000) int remaining) {
        double[] each = new double[done];
        Arrays.fill(each, joules);

        Projection projection = Projection.of(Epochs.of(each), done + remaining).orElseThrow();

        assertThat(projection.microjoules().expected()).isEqualTo((double) (done + remaining) * joules * JOULE);
        assertThat(projection.microjoules().margin()).isZero();
        assertThat(projection.nanos().margin()).isZero();
        assertThat(projection.end()).isEqualTo(Epochs.BEGAN.plusSeconds(done + remaining));
    }

    @Property
    void doublesWhereAllEpochsCostDouble(
            @ForAll @IntRange(min = 1, max = 1_000) int a,
            @ForAll @IntRange(min = 1, max = 1_000) int b,
            @ForAll @IntRange(min = 1, max = 1_000) int c) {
        Estimate once = Projection.of(Epochs.of(a, b, c), 30).orElseThrow().microjoules();
        Estimate twice =
                Projection.of(Epochs.of(2 * a, 2 * b, 2 * c), 30).orElseThrow().microjoules();

        assertThat(twice.expected()).isCloseTo(2 * once.expected(), within(1.0));
        assertThat(twice.margin()).isCloseTo(2 * once.margin(), within(1.0));
    }

    @Test
    void takesTheQuantilesOfTablesAndContinuesWhereTheyEnd() {
        assertThat(StudentT.twoSided95(1)).isEqualTo(12.706);
        assertThat(StudentT.twoSided95(30)).isEqualTo(2.042);
        // The next are in the handbook's table too, and the expansion must come to the same.
        assertThat(StudentT.twoSided95(40)).isCloseTo(2.021, within(5e-4));
        assertThat(StudentT.twoSided95(100)).isCloseTo(1.984, within(5e-4));
        assertThat(StudentT.twoSided95(1_000_000)).isCloseTo(1.960, within(5e-4));
    }
}
