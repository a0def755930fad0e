/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.Epochs;
import dev.wattle.core.epoch.TrainingSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ForecastsTest {
    private final Forecasts forecasts = new Forecasts();

    @Test
    void remembersTheProjectionsOfTheFirstTenthQuarterAndHalf() {
        Forecast forecast = update(alike(40, 100), 40);

        assertThat(forecast.checks()).extracting(ProjectionCheck::percent).containsExactly(10, 25, 50);
        assertThat(forecast.checks())
                .extracting(check -> check.projection().epochsDone())
                .containsExactly(4, 10, 20);
        assertThat(forecast.checks()).allMatch(ProjectionCheck::isDecided).allMatch(ProjectionCheck::isWithinRange);
        assertThat(forecast.projection()).isEmpty();
    }

    @Test
    void usesNothingThatCameLater() {
        double[] dearer = new double[20];
        Arrays.fill(dearer, 0, 5, 100);
        Arrays.fill(dearer, 5, 20, 200);

        ProjectionCheck early = update(Epochs.of(dearer), 20).checks().get(1);

        assertThat(early.percent()).isEqualTo(25);
        assertThat(early.projection().microjoules().expected()).isEqualTo(2_000e6);
        assertThat(early.actualMicrojoules()).hasValue(3_500_000_000L);
        assertThat(early.energyError()).isCloseTo(-1_500.0 / 3_500, within(1e-12));
        assertThat(early.isWithinRange()).isFalse();
    }

    @Test
    void isTheSameWhetherSeenEveryEpochOrOnlyAtTheEnd() {
        double[] uneven = {300, 100, 120, 90, 110, 95, 100, 130, 100, 105};
        List<EpochRecord> all = Epochs.of(uneven);
        for (int done = 0; done <= 10; done++) {
            update(all.subList(0, done), 10);
        }

        assertThat(update(all, 10).checks())
                .isEqualTo(new Forecasts().update(snapshot(all, 10)).get(0).checks());
    }

    @Test
    void remembersWhatWasProjectedWhenOldEpochsArePutTogether() {
        update(Epochs.of(300, 100, 120, 90, 110), 40);
        ProjectionCheck remembered =
                update(Epochs.of(300, 100, 120, 90, 110), 40).checks().get(0);

        Epochs together = new Epochs(1).add(16, 1_600, 16, Double.NaN, Map.of(), 0);

        assertThat(update(together.list(), 40).checks().get(0)).isEqualTo(remembered);
    }

    @Test
    void comparesNothingWhereTheTrainingEndedEarly() {
        Forecast forecast = update(alike(30, 100), 40);

        assertThat(forecast.checks()).hasSize(3).noneMatch(ProjectionCheck::isDecided);
        assertThat(forecast.checks())
                .allSatisfy(check -> assertThat(check.energyError()).isNaN());
    }

    @Test
    void comparesWithThePlannedEpochsWhereTheTrainingContinues() {
        assertThat(update(alike(25, 100), 20).checks())
                .hasSize(3)
                .allSatisfy(check -> assertThat(check.actualMicrojoules()).hasValue(2_000_000_000L));
    }

    @Test
    void keepsOnlyTheLaterOfTwoMarksOnOneEpoch() {
        assertThat(update(alike(4, 100), 4).checks())
                .extracting(
                        ProjectionCheck::percent, check -> check.projection().epochsDone())
                .containsExactly(tuple(25, 1), tuple(50, 2));
    }

    @Test
    void projectsNothingAfterwardsForAPlanThatWasMadeLater() {
        update(alike(12, 100), 0);

        assertThat(update(alike(30, 100), 40).checks())
                .extracting(ProjectionCheck::percent)
                .containsExactly(50);
    }

    @Test
    void dropsWhatWasProjectedForAPlanThatChanged() {
        assertThat(update(alike(6, 100), 20).checks()).hasSize(2);

        assertThat(update(alike(7, 100), 40).checks()).isEmpty();
        assertThat(update(alike(10, 100), 40).checks())
                .extracting(ProjectionCheck::percent)
                .containsExactly(25);
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void neverRemembersAProjectionOfATrainingWithNothingToCome(@ForAll @IntRange(min = 1, max = 60) int planned) {
        assertThat(new Forecasts()
                        .update(snapshot(alike(planned, 10), planned))
                        .get(0)
                        .checks())
                .allSatisfy(check -> {
                    int done = check.projection().epochsDone();
                    assertThat(done).isBetween(1, planned - 1);
                    assertThat(100 * done).isGreaterThanOrEqualTo(check.percent() * planned);
                    assertThat(100 * (done - 1)).isLessThan(check.percent() * planned);
                });
    }

    private Forecast update(List<EpochRecord> epochs, int planned) {
        return forecasts.update(snapshot(epochs, planned)).get(0);
    }

    private static TrainingSnapshot snapshot(List<EpochRecord> epochs, int planned) {
        return new TrainingSnapshot(List.of(Epochs.training(epochs, planned)), 0, Map.of(), List.of(), Map.of(), 0);
    }

    private static List<EpochRecord> alike(int count, double joules) {
        double[] each = new double[count];
        Arrays.fill(each, joules);
        return Epochs.of(each);
    }
}
