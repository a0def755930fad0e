/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.epoch.LearningCurve.LastQuarter;
import dev.wattle.core.epoch.LearningCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningCurveTest {

    @Test
    void showsWhatTheLastQuarterCostAndBrought() {
        LastQuarter end = curve(Epochs.judged("accuracy", 0.5, 0.7, 0.8, 0.88, 0.92, 0.93, 0.931, 0.934))
                .lastQuarter()
                .orElseThrow();

        assertThat(end.first()).isEqualTo(7);
        assertThat(end.last()).isEqualTo(8);
        assertThat(end.energyShare()).isEqualTo(0.25);
        assertThat(end.gain()).isCloseTo(0.4, within(1e-9));
        assertThat(end.gainShare()).isCloseTo(0.4 / 43.4, within(1e-9));
        assertThat(end.bestEpoch()).isEqualTo(8);
    }

    @Test
    void takesTheBestSoFarAsWhatIsBettered() {
        LastQuarter end = curve(Epochs.judged("accuracy", 0.5, 0.9, 0.6, 0.7))
                .lastQuarter()
                .orElseThrow();

        assertThat(end.gain()).isZero();
        assertThat(end.gainShare()).isZero();
        assertThat(end.bestEpoch()).isEqualTo(2);
    }

    @Test
    void showsALossInItsOwnUnitAndLowerAsBetter() {
        LearningCurve curve = curve(Epochs.judged("loss", 2.0, 1.5, 1.2, 1.1));

        assertThat(curve.metric()).isEqualTo(new QualityMetric("loss", false, false));
        assertThat(curve.lastQuarter().orElseThrow().gain()).isCloseTo(0.1, within(1e-9));
        assertThat(curve.lastQuarter().orElseThrow().gainShare()).isCloseTo(0.1 / 0.9, within(1e-9));
    }

    @Test
    void hasNoPointsAndNoKneeToShowWhereTheMetricOnlyGotWorse() {
        LearningCurve curve = curve(Epochs.judged("accuracy", 0.9, 0.8, 0.7, 0.6, 0.5, 0.4));

        assertThat(curve.lastQuarter().orElseThrow().gain()).isZero();
        assertThat(curve.lastQuarter().orElseThrow().gainShare()).isNaN();
        assertThat(curve.lastQuarter().orElseThrow().bestEpoch()).isEqualTo(1);
        assertThat(curve.cornerEpoch()).isEmpty();
    }

    @Test
    void leavesOutEpochsWithoutAFiniteValueButCountsTheirEnergy() {
        List<EpochRecord> epochs = Epochs.judged(
                "accuracy", Double.NaN, 0.5, Double.POSITIVE_INFINITY, 0.8, Double.NEGATIVE_INFINITY, Double.NaN);

        LearningCurve curve = curve(epochs);

        assertThat(curve.points()).containsExactly(new Point(2, 200_000_000, 0.5), new Point(4, 400_000_000, 0.8));
        assertThat(curve.lastQuarter().orElseThrow().gain()).isZero();
    }

    @Test
    void isNotThereWithoutAFigureInTwoEpochs() {
        assertThat(LearningCurve.of(Epochs.of(1, 2, 3, 4))).isEmpty();
        assertThat(LearningCurve.of(Epochs.judged("accuracy", Double.NaN, 0.5, Double.NaN)))
                .isEmpty();
        assertThat(LearningCurve.of(List.of())).isEmpty();
    }

    @Test
    void showsNoQuarterOfFewerThanFourEpochs() {
        assertThat(curve(Epochs.judged("accuracy", 0.1, 0.2, 0.3)).lastQuarter())
                .isEmpty();
        assertThat(curve(Epochs.judged("accuracy", 0.1, 0.2, 0.3, 0.4))
                        .lastQuarter()
                        .orElseThrow()
                        .first())
                .isEqualTo(4);
    }

    @Test
    void startsTheLastQuarterWithWholeRecordsWhereEpochsWereMerged() {
        Epochs epochs = new Epochs(1);
        epochs.add(4, 400, 4, Double.NaN, Map.of("accuracy", 0.5), 0);
        epochs.add(3, 300, 3, Double.NaN, Map.of("accuracy", 0.6), 0);
        epochs.add(1, 100, 1, Double.NaN, Map.of("accuracy", 0.7), 0);

        LastQuarter end = curve(epochs.list()).lastQuarter().orElseThrow();

        assertThat(end.first()).isEqualTo(8);
        assertThat(end.energyShare()).isEqualTo(0.125);
    }

    @ParameterizedTest
    @CsvSource({
        "train_accuracy, validate_Accuracy, validate_Accuracy",
        "accuracy, validation_loss, accuracy",
        "valLoss, train_loss, valLoss",
        "val_f1, accuracy, val_f1",
        "val_f1, val_acc, val_acc",
        "zest, train_loss, train_loss",
        "learning_rate, Top1, Top1",
        "interval, wer, wer"
    })
    void choosesValidationOverTrainingAndAccuracyOverLoss(String one, String other, String chosen) {
        Epochs epochs = new Epochs(1);
        epochs.add(1, 1, Double.NaN, Map.of(one, 0.4, other, 0.4));
        epochs.add(1, 1, Double.NaN, Map.of(one, 0.5, other, 0.5));

        assertThat(curve(epochs.list()).metric().name()).isEqualTo(chosen);
    }

    @Test
    void fallsBackOnTheEpochsOwnLoss() {
        Epochs epochs = new Epochs(1);
        epochs.add(1, 1, 0.9, Map.of("temperature", 3.0));
        epochs.add(1, 1, 0.8, Map.of("temperature", 4.0));

        assertThat(curve(epochs.list()).metric()).isEqualTo(new QualityMetric("loss", false, false));
    }

    @Test
    void takesAnAccuracyBeyondOneAsItIs() {
        LearningCurve curve = curve(Epochs.judged("accuracy", 50, 90, 92, 93.5));

        assertThat(curve.metric().inPoints()).isFalse();
        assertThat(curve.lastQuarter().orElseThrow().gain()).isEqualTo(1.5);
    }

    @Test
    void findsTheEpochAfterWhichPointsCostTenTimesTheFirst() {
        // 10 points an epoch for five epochs, then half a point.
        double[] values = IntStream.rangeClosed(1, 20)
                .mapToDouble(epoch -> epoch <= 6 ? 0.1 * epoch : 0.6 + 0.005 * (epoch - 6))
                .toArray();

        assertThat(curve(Epochs.judged("accuracy", values)).cornerEpoch()).hasValue(6);
    }

    @Test
    void findsNoSuchEpochWherePointsCostNineTimesTheFirst() {
        double[] values = IntStream.rangeClosed(1, 20)
                .mapToDouble(epoch -> epoch <= 6 ? 0.09 * epoch : 0.54 + 0.01 * (epoch - 6))
                .toArray();

        assertThat(curve(Epochs.judged("accuracy", values)).cornerEpoch()).isEmpty();
    }

    @Test
    void findsTheEpochWhereALossSettles() {
        double[] values = IntStream.rangeClosed(1, 12)
                .mapToDouble(epoch -> Math.max(0.5, 2.0 - 0.3 * epoch))
                .toArray();

        assertThat(curve(Epochs.judged("loss", values)).cornerEpoch()).hasValue(5);
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void oneLuckyEpochMovesTheCornerByNoMoreThanOne(
            @ForAll @IntRange(min = 2, max = 18) int lucky, @ForAll @DoubleRange(min = -0.5, max = 0.3) double luck) {
        double[] values = IntStream.rangeClosed(1, 20)
                .mapToDouble(epoch -> epoch <= 6 ? 0.1 * epoch : 0.6 + 0.001 * (epoch - 6))
                .toArray();
        values[lucky] += luck;

        assertThat(curve(Epochs.judged("accuracy", values)).cornerEpoch().orElseThrow())
                .isBetween(5, 7);
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void theCornerDoesNotDependOnTheUnitOfEnergy(
            @ForAll @Size(min = 6, max = 40) List<@DoubleRange(min = 0, max = 1) Double> values,
            @ForAll @IntRange(min = 1, max = 20) int doublings) {
        // Powers of two, with which a price per unit rounds alike.
        int factor = 1 << doublings;
        Epochs once = new Epochs(1);
        Epochs scaled = new Epochs(1);
        for (double value : values) {
            once.add(8, 1, Double.NaN, Map.of("accuracy", value));
            scaled.add(8.0 * factor, 1, Double.NaN, Map.of("accuracy", value));
        }

        assertThat(curve(scaled.list()).cornerEpoch())
                .isEqualTo(curve(once.list()).cornerEpoch());
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void theSharesOfTheEnergyAddUpToAllOfIt(
            @ForAll @Size(min = 2, max = 60) List<@IntRange(min = 1, max = 1_000_000) Integer> joules,
            @ForAll @IntRange(min = 0, max = 58) int cut) {
        List<EpochRecord> epochs =
                Epochs.of(joules.stream().mapToDouble(Integer::doubleValue).toArray());
        int at = 1 + cut % (epochs.size() - 1);

        assertThat(LearningCurve.energyShare(epochs.subList(0, at), epochs)
                        + LearningCurve.energyShare(epochs.subList(at, epochs.size()), epochs))
                .isCloseTo(1, within(1e-12));
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void holdsForAnyFiguresWhatever(@ForAll @Size(max = 30) List<Double> values) {
        List<EpochRecord> epochs = Epochs.judged(
                "loss", values.stream().mapToDouble(Double::doubleValue).toArray());

        LearningCurve.of(epochs).ifPresent(curve -> {
            List<Long> energies = new ArrayList<>();
            curve.points().forEach(point -> energies.add(point.microjoules()));
            assertThat(energies).isSorted();
            assertThat(curve.points()).allMatch(point -> Double.isFinite(point.value()));
            curve.lastQuarter().ifPresent(end -> assertThat(end.gain()).isNotNegative());
        });
    }

    private static LearningCurve curve(List<EpochRecord> epochs) {
        return LearningCurve.of(epochs).orElseThrow();
    }
}
