/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.Epochs;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.Reports;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.Trainings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShortSummaryTest {

    @Test
    void showsARunOfOneTraining() {
        assertThat(brief(Trainings.run(Trainings.report(40, List.of(Trainings.epochs(1, 40))))))
                .isEqualTo("""
                wattle: 5435.6 J (1.510 Wh): 4076.7 J counter + 1358.9 J modelled +/-40 %    75.72 mg CO2e (41.79 g/kWh as configured, PUE 1.20)
                        like 7.6 seconds of video streaming (Green Algorithms, 2020)
                        this JVM's part 45000.0 J (CPU); GPU 4076.7 J, CPU 1358.9 J
                        the last quarter of the epochs took 24.9 % of the energy for 1.3 % of the improvement; after epoch 18 progress cost 10 times more
                  run          resnet-7 (vision), 10 min 0 s, the whole machine
                  training 1   dl4j, 40 of 40 epochs, 1200 iterations, 5368.5 J
                               (counter+modelled)
                  epoch      s      J  mg CO2e  samples/s  mJ/sample    loss  accuracy
                      1  2.113  192.3    2.679        710      128.2   1.960    0.4274
                     14  1.393  128.6    1.792       1077       85.8   0.346    0.8416
                     18  1.420  133.8    1.864       1056       89.2   0.224    0.8801
                     21  1.411  132.0    1.838       1063       88.0   0.163    0.8935
                     34  1.420  133.8    1.863       1056       89.2  0.0729    0.9192
                     40  1.380  126.3    1.760       1087       84.2  0.0516    0.9146
                               the last column is validate_accuracy
                               34 epochs not shown used 4424.2 J; all epochs used 5271.0 J
                               97.5 J more was used between epochs
                  projected    after epoch 20 of 40: 5389.2 J (5350.1 to 5428.3); actual
                               5368.5 J, projection 0.4 % over, within its range
                  phases       dl4j train 87.3 %, dl4j validation 9.7 %, outside 3.0 %
                  windows      load 101.0 J, augment 4.20 J
                  budget       73.1 % of 2Wh
                  note         powercap not available: java -jar wattle-agent.jar doctor
                  more         summary=full; every epoch is in the journal
                  journal      /home/ada/.wattle/runs/resnet-7.jsonl
                """);
    }

    @Test
    void showsARunWithoutTraining() {
        assertThat(brief(Reports.of(Reports.ofServer().devices(), CarbonSettings.worldDefault())))
                .isEqualTo("""
                wattle: 330.5 kJ (91.81 Wh): 240.5 kJ counter + 90.0 kJ integrated    42.05 g CO2e (WORLD AVERAGE, 2025, lifecycle)
                        like 3.4 smartphone charges (EPA, 2026)
                        this JVM's part 45.0 kJ (CPU); GPU 270.5 kJ (counter+integrated), CPU 60.0 kJ
                        no training was seen in this run
                  run          resnet-7 (vision), 10 min 0 s, the whole machine
                  zone         not set: this is the WORLD AVERAGE; zone=FR, for example, sets it
                  coverage     90.0 % of the wall time was sampled
                  gpu-1        2 gaps, 1 min 0 s; 3 failed and 1 rejected readings; 9.00 kJ is
                               interpolated
                  note         powercap not available: java -jar wattle-agent.jar doctor
                  more         summary=full
                  journal      /home/ada/.wattle/runs/resnet-7.jsonl
                """);
    }

    @Test
    void showsSeveralTrainingsInALineEach() {
        List<List<EpochRecord>> many = IntStream.rangeClosed(1, 9)
                .mapToObj(number -> Trainings.epochs(number, 6))
                .toList();

        assertThat(brief(Trainings.run(Trainings.report(0, many))))
                .contains("        training 9: the last quarter of the epochs took ")
                .contains("trainings    5 earlier ones are not shown")
                .containsPattern("(?m)^  training 6   dl4j, 6 epochs, ")
                .containsPattern("(?m)^  training 9   dl4j, 6 epochs, ")
                .doesNotContain("training 5 ", "samples/s");
    }

    @Test
    void saysWhenThereAreTooFewEpochsToJudge() {
        assertThat(brief(Trainings.run(Trainings.report(0, List.of(Trainings.epochs(1, 3))))))
                .contains("        too few epochs to say what the last ones were worth\n");
    }

    @Test
    void saysWhenThereIsNothingToJudgeEpochsBy() {
        Epochs epochs = new Epochs(1);
        for (int i = 0; i < 8; i++) {
            epochs.add(10, 1, Double.NaN, Map.of());
        }

        assertThat(brief(Trainings.run(Trainings.report(0, List.of(epochs.list())))))
                .contains("        no loss or metric was seen, so what the last epochs were worth is not known\n");
    }

    @Test
    void showsTheKneeAndTheBestEpochAmongTheRows() {
        double[] losses = new double[100];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = i < 20 ? 2.0 / (i + 1) : 0.1;
        }

        String text = brief(Trainings.run(Trainings.report(0, List.of(Epochs.judged("loss", losses)))));

        assertThat(text)
                .containsPattern("(?m)^ +1 ")
                .containsPattern("(?m)^ +20 ")
                .containsPattern("(?m)^ +100 ")
                .contains("did not improve loss, best after epoch 20");
    }

    @Test
    void makesNamesHarmless() {
        Epochs epochs = new Epochs(1);
        for (int i = 1; i < 9; i++) {
            epochs.add(10, 1, Double.NaN, Map.of("a\u001b[2J\u202E", (double) i));
        }

        assertThat(brief(Trainings.run(Trainings.report(0, List.of(epochs.list())))))
                .doesNotContain("\u001b", "\u202E");
    }

    @Test
    void sumsUpWhatItLeavesOut() {
        List<DeviceSnapshot> devices = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            devices.add(Reports.interrupted(
                    Reports.domain(Component.GPU, "gpu-" + i, Quality.COUNTER), 1_000_000_000L, 1_000_000, 3));
        }

        assertThat(brief(Reports.of(devices, Reports.OWN_FIGURE)))
                .contains("  gpu-0        3 gaps, ", "more notes: summary=full")
                .doesNotContain("  gpu-7 ");
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 300)
    void hasAtMostTwentyFiveLinesForOneTraining(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 0, max = 100_000_000_000L) Long> joules,
            @ForAll @IntRange(min = 0, max = 80) int planned,
            @ForAll double loss,
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double merit,
            @ForAll @IntRange(min = 0, max = 9) int problems) {
        Epochs epochs = new Epochs(1);
        for (long each : joules) {
            epochs.add(1, each, 1, loss, Map.of("validation_accuracy_of_the_second_head", merit + each), each);
        }
        List<String> sentences = IntStream.range(0, problems)
                .mapToObj(i -> "problem " + i + " of many words".repeat(6))
                .toList();

        String text = Summaries.brief(
                Trainings.run(Trainings.report(planned, List.of(epochs.list()))), sentences, "/home/ada/run.jsonl");

        assertThat(text.lines()).as(text).hasSizeLessThanOrEqualTo(ShortSummary.MAX_LINES);
        assertThat(text.lines().skip(Summaries.ANSWER_LINES))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(SummaryLines.WIDTH));
    }

    private static String brief(RunSnapshot run) {
        return Summaries.brief(run, List.of(), "/home/ada/.wattle/runs/resnet-7.jsonl");
    }
}
