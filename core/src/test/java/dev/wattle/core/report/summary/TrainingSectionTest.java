/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.Epochs;
import dev.wattle.core.epoch.ReportedWork;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.epoch.WindowTotals;
import dev.wattle.core.forecast.Budget;
import dev.wattle.core.forecast.BudgetState;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.report.text.EvenSample;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.snapshot.Reports;
import dev.wattle.core.snapshot.Trainings;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TrainingSectionTest {

    @Test
    void writesATrainingOfFortyEpochs() {
        assertThat(text(Trainings.report(40, List.of(Trainings.epochs(1, 40))))).contains("""
                  training 1   dl4j, 40 of 40 epochs, 1200 iterations, 5368.5 J
                               (counter+modelled)
                  epoch      s      J  mg CO2e  samples/s  mJ/sample    loss  accuracy
                      1  2.113  192.3    2.679        710      128.2   1.960    0.4274
                      5  1.418  133.3    1.857       1058       88.9   1.132    0.6442
                      8  1.395  129.1    1.798       1075       86.0   0.750    0.7373
                     12  1.380  126.4    1.760       1087       84.2   0.441    0.8138
                     15  1.401  130.3    1.815       1070       86.8   0.309    0.8534
                     19  1.421  133.8    1.864       1056       89.2   0.202    0.8859
                     22  1.402  130.4    1.817       1070       87.0   0.146    0.8958
                     26  1.379  126.1    1.757       1088       84.1  0.0976    0.9024
                     29  1.394  128.9    1.796       1076       85.9  0.0832    0.9099
                     33  1.421  133.8    1.864       1056       89.2  0.0756    0.9186
                     36  1.409  131.7    1.835       1064       87.8  0.0655    0.9184
                     40  1.380  126.3    1.760       1087       84.2  0.0516    0.9146
                               the last column is validate_accuracy
                               28 epochs not shown used 3648.5 J; all epochs used 5271.0 J
                               97.5 J more was used between epochs
                  projected    after epoch 4 of 40: 5496.6 J (5449.0 to 5544.1); actual
                               5368.5 J, projection 2.4 % over, outside its range
                  projected    after epoch 10 of 40: 5402.8 J (5329.8 to 5475.8); actual
                               5368.5 J, projection 0.6 % over, within its range
                  projected    after epoch 20 of 40: 5389.2 J (5350.1 to 5428.3); actual
                               5368.5 J, projection 0.4 % over, within its range
                  curve        epochs 31 to 40 cost 24.9 % of the energy for the last 0.65
                               points of validate_accuracy, 1.3 % of its whole improvement;
                               after epoch 18 each further point cost more than 10 times the
                               first
                               validate_accuracy over the energy used:
                    0.9192 |                    ...-----------''''''''''''''
                           |              ..-'''
                           |          .-''
                           |        -'
                           |      -'
                           |    -'
                           |   -
                    0.4274 | .'
                           +------------------------------------------------
                            0                                       5368.5 J
                  phase                        energy    share
                  dl4j train                 4743.9 J   87.3 %
                  dl4j validation             527.1 J    9.7 %
                  outside                     164.6 J    3.0 %
                  all                        5435.6 J  100.0 %
                  window                       times           time       energy
                  load                             3          2.3 s      101.0 J
                  augment                         40          80 ms       4.20 J ~
                               ~ some were shorter than two steps of the slowest sensor
                  budget       73.1 % of 2Wh
                """);
    }

    @Test
    void projectsWhatIsStillToCome() {
        assertThat(text(Trainings.report(100, List.of(Trainings.epochs(1, 7))))).contains("""
                  projection   13586.1 J (13466.0 to 13706.2), 189.25 mg CO2e for all 100
                               epochs, until 2026-03-01T12:02:37Z +/- 0.6 s
                """);
    }

    @Test
    void saysThatAProjectionRestsOnTheFirstEpochOnly() {
        assertThat(text(Trainings.report(100, List.of(Trainings.epochs(1, 1)))))
                .contains("(range not known)", "based on the first epoch alone");
    }

    @Test
    void saysThatProjectionsCannotBeComparedWhereTheTrainingEndedEarly() {
        assertThat(text(Trainings.report(40, List.of(Trainings.epochs(1, 30)))))
                .contains("not compared: only 30 of 40 planned epochs ended")
                .doesNotContain("actual");
    }

    @Test
    void showsTheLatestTrainingsAndSaysHowManyOthersThereWere() {
        List<List<EpochRecord>> many = IntStream.rangeClosed(1, 9)
                .mapToObj(number -> Trainings.epochs(number, 2))
                .toList();

        String text = text(Trainings.report(0, many));

        assertThat(text).contains("trainings    5 earlier ones are not shown").contains("training 6 ", "training 9 ");
        assertThat(text).doesNotContain("training 5 ");
    }

    @Test
    void marksWhatIsLittleMoreThanAnInterpolationAndWhatWasShared() {
        Epochs epochs = new Epochs(1);
        epochs.add(10, 0.1, Double.NaN, Map.of());
        epochs.add(200, 2, Double.NaN, Map.of());
        EpochRecord shared = epochs.list().get(1);
        EpochRecord other = new EpochRecord(
                1,
                Framework.DJL,
                3,
                3,
                shared.started(),
                shared.endNanos(),
                shared.nanos(),
                shared.microjoules(),
                0,
                0,
                0,
                1,
                0,
                Double.NaN,
                Map.of(),
                false,
                true,
                false,
                List.of());
        List<EpochRecord> all = List.of(epochs.list().get(0), shared, other);

        assertThat(text(Trainings.report(0, List.of(all))))
                .containsPattern("(?m)^ +1~  +0\\.100 ")
                .containsPattern("(?m)^ +2   +2\\.000 ")
                .containsPattern("(?m)^ +3 \\* +2\\.000 .* - +-$")
                .contains("~ shorter than two steps", "* another training was active at the same time");
    }

    @Test
    void saysNothingOfTrainingsWhereThereWereNone() {
        String text = text(TrainingsSnapshot.NONE);

        assertThat(text).contains("no training was seen in this run");
        assertThat(text.replace("no training was seen in this run", ""))
                .doesNotContain("training", "epoch", "phase", "projection", "budget");
    }

    @Test
    void saysThatABudgetIsUsedUpAndWhatWasAsked() {
        BudgetState stopping = new BudgetState(Budget.parse("1h"), true, 1.02, 0);

        assertThat(text(Trainings.snapshot(TrainingSnapshot.NONE, List.of(), Optional.of(stopping), List.of())))
                .containsIgnoringWhitespaces(
                        "budget 102.0 % of 1h, USED UP: training was asked to stop; no training stopped: early stopping of"
                                + " DL4J and EasyTrain.fit of DJL can");
        assertThat(text(Trainings.snapshot(
                        TrainingSnapshot.NONE, List.of(), Optional.of(stopping.withStopped(2)), List.of())))
                .containsIgnoringWhitespaces("USED UP: training was asked to stop; 2 trainings stopped");
    }

    @Test
    void letsNoNameOfTheProgramDisturbTheTerminal() {
        EnergyDomain board = Epochs.BOARD;
        TrainingRecord named = new TrainingRecord(
                1,
                Framework.CUSTOM,
                "evil\u001b[2J\u202Ename\n",
                0,
                Epochs.BEGAN,
                List.of(),
                0,
                1,
                1,
                1,
                Map.of(),
                Map.of(Phase.TRAIN, 1L),
                0,
                Set.of(board),
                false,
                true,
                false,
                ReportedWork.NONE);
        TrainingsSnapshot report = Trainings.snapshot(
                new TrainingSnapshot(List.of(named), 0, Map.of(), List.of(), Map.of(), 3),
                List.of(),
                Optional.empty(),
                List.of(new WindowTotals("w\u0007", 1, 1, Map.of(board, 1L), 1, 1, 0, 0, 0)));

        assertThat(text(report))
                .contains("custom \"evil?[2J?name?\"", "  w? ", "lost         3 boundaries")
                .doesNotContain("\u001b", "\u202E", "\u0007");
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void theRowsAndWhatIsLeftOutAddUpToAllEpochs(
            @ForAll @Size(min = 1, max = 80) List<@IntRange(min = 1, max = 1_000_000) Integer> joules) {
        Epochs epochs = new Epochs(1);
        for (int i = 0; i < joules.size(); i++) {
            epochs.add(1 + i % 3, joules.get(i), 1, Double.NaN, Map.of(), 0);
        }
        List<EpochRecord> shown = EvenSample.of(epochs.list(), TrainingSection.MAX_ROWS);
        EpochTable table = new EpochTable(
                epochs.list(), shown, Optional.empty(), Reports.OWN_FIGURE, RunUnits.of(1, Reports.OWN_FIGURE));

        assertThat(shown).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(TrainingSection.MAX_ROWS);
        assertThat(table.lines()).hasSize(1 + shown.size());
        assertThat(shown.get(0)).isEqualTo(epochs.list().get(0));
        assertThat(shown.get(shown.size() - 1)).isEqualTo(epochs.list().get(joules.size() - 1));
        assertThat(shown.stream().mapToLong(EpochRecord::totalMicrojoules).sum() + table.omittedMicrojoules())
                .isEqualTo(table.totalMicrojoules());
        assertThat(shown.stream().mapToInt(EpochRecord::epochs).sum() + table.omittedEpochs())
                .isEqualTo(epochs.list().stream().mapToInt(EpochRecord::epochs).sum());
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 300)
    void isNeverWiderThanEightyColumns(
            @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 0, max = 100_000_000_000L) Long> joules,
            @ForAll @LongRange(min = 1, max = 10_000_000_000_000L) long microseconds,
            @ForAll @IntRange(min = 1, max = 100_000) int together,
            @ForAll double loss,
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double merit) {
        Epochs epochs = new Epochs(1);
        for (long each : joules) {
            epochs.add(together, each, microseconds / 1e6, loss, Map.of("validation_accuracy", merit + each), each);
        }

        assertThat(text(Trainings.report(1_000_000, List.of(epochs.list())))
                        .lines()
                        .skip(Summaries.ANSWER_LINES))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(SummaryLines.WIDTH));
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 300)
    void isNeverWiderThanEightyColumnsWhateverTheLossesAre(
            @ForAll @Size(min = 1, max = 12)
                    List<@DoubleRange(min = -Double.MAX_VALUE, max = Double.MAX_VALUE) Double> losses) {
        Epochs epochs = new Epochs(1);
        losses.forEach(loss -> epochs.add(10, 1, loss, Map.of()));

        assertThat(text(Trainings.report(40, List.of(epochs.list()))).lines().skip(Summaries.ANSWER_LINES))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(SummaryLines.WIDTH));
    }

    @Test
    void drawsTheLargestNumbersThereAreAtBothEdges() {
        Epochs epochs = new Epochs(1);
        for (int i = 0; i < 8; i++) {
            epochs.add(10, 1, i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE, Map.of());
        }

        assertThat(text(Trainings.report(0, List.of(epochs.list()))))
                .containsPattern("(?m)^ +1\\.80e\\+308 \\| .*['.-]$")
                .containsPattern("(?m)^ +-1\\.80e\\+308 \\| .*['.-]$");
    }

    @Test
    void saysOfALossWithoutBoundsThatItIsOne() {
        Epochs epochs = new Epochs(1);
        epochs.add(10, 1, 2.5, Map.of());
        epochs.add(10, 1, Double.POSITIVE_INFINITY, Map.of());
        epochs.add(10, 1, Double.NaN, Map.of());

        assertThat(text(Trainings.report(0, List.of(epochs.list()))))
                .containsPattern("(?m)^ +1 .* 2\\.500$")
                .containsPattern("(?m)^ +2 .* inf$")
                .containsPattern("(?m)^ +3 .* -$");
    }

    @Test
    void doesNotSayThatNothingWorthShowingWasUsedBetweenEpochs() {
        Epochs epochs = new Epochs(1);
        epochs.add(1, 10, 1, 2.5, Map.of(), 0.001);
        epochs.add(1, 10, 1, 2.5, Map.of(), 0.001);

        assertThat(text(Trainings.report(0, List.of(epochs.list())))).doesNotContain("between epochs");
    }

    @Test
    void drawsNoMoreThanOneMarkAColumnAndStaysInItsBox() {
        List<EpochRecord> epochs = new ArrayList<>(Epochs.judged("loss", 5, 1, 4, 1, 3, 1, 2, 1));

        String text = text(Trainings.report(0, List.of(epochs)));

        assertThat(text)
                .contains("loss over the energy used:")
                .containsPattern("(?m)^ +5\\.000 \\|")
                .containsPattern("(?m)^ +1\\.000 \\|");
    }

    private static String text(TrainingsSnapshot training) {
        return Summaries.full(Trainings.run(training), List.of(), "none");
    }

    @Test
    void noLossIsPrintedAsZeroThatIsNone() {
        Epochs epochs = new Epochs(1);
        for (int i = 0; i < 30; i++) {
            epochs.add(100, 1, 1.5 * Math.pow(0.5, i), Map.of());
        }

        assertThat(text(Trainings.report(0, List.of(epochs.list()))))
                .containsPattern("(?m)^ +1 .* 1\\.500$")
                .containsPattern("(?m)^ +30 .* 2\\.79e-09$")
                .doesNotContainPattern("(?m)^ +\\d+ .* 0\\.0+$");
    }

    @Test
    void oneValueFarFromAllOthersIsMarkedAndDoesNotSetTheScaleOfThePlot() {
        double[] losses = {0.9, 0.8, 0.7, 0.6, 4e7, 0.5, 0.4, 0.3, 0.2, 0.1};

        assertThat(text(Trainings.report(0, List.of(Epochs.judged("loss", losses)))))
                .containsPattern("(?m)^ +0\\.9000 \\|.*\\^")
                .containsPattern("(?m)^ +0\\.1000 \\|")
                .contains("1 value is outside the scale");
    }

    @Test
    void aTrainingWithoutEpochsSaysHowItsEnergyIsKnown() {
        TrainingRecord without = Epochs.training(List.of(), 0);

        assertThat(text(Trainings.snapshot(
                        new TrainingSnapshot(List.of(without), 0, Map.of(), List.of(), Map.of(), 0),
                        List.of(),
                        Optional.empty(),
                        List.of())))
                .contains("training 1   dl4j, 0 epochs, 0 iterations, 0.00 J (counter+modelled)");
    }
}
