/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.epoch.LearningCurve;
import dev.wattle.core.ledger.read.JournalReader;
import dev.wattle.core.ledger.read.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDetailFileTest {

    @Test
    void readsARunThatEnded() {
        RunDetail run = JournalFixture.run("base");

        assertThat(run.run()).isEqualTo("resnet-base");
        assertThat(run.project()).contains("demo");
        assertThat(run.killed()).isFalse();
        assertThat(run.carbon())
                .hasValueSatisfying(carbon -> assertThat(carbon.pue()).isEqualTo(1.2));
        assertThat(run.devices()).extracting(DeviceDetail::device).containsExactly("package-0", "gpu-0");
        assertThat(run.checkpoints()).hasSize(12);
        TrainingDetail training = run.mainTraining().orElseThrow();
        assertThat(training.epochs()).hasSize(12);
        assertThat(training.projections()).extracting(ProjectionDetail::percent).containsExactly(10, 25, 50);
        assertThat(training.metrics()).containsExactly("accuracy", "loss");
    }

    @Test
    void hasThePointsOfTheSummaryAndTheSameOnesFromTheEpochs() {
        TrainingDetail training = JournalFixture.run("base").mainTraining().orElseThrow();

        List<LearningCurve.Point> accuracy = training.points("accuracy");
        List<LearningCurve.Point> loss = training.points("loss");

        assertThat(loss)
                .extracting(LearningCurve.Point::epoch)
                .isEqualTo(accuracy.stream().map(LearningCurve.Point::epoch).toList());
        assertThat(loss)
                .extracting(LearningCurve.Point::microjoules)
                .isEqualTo(
                        accuracy.stream().map(LearningCurve.Point::microjoules).toList());
    }

    @Test
    void makesTheCurveOfAKilledRunFromItsEpochs() {
        RunDetail run = JournalFixture.run("killed");

        assertThat(run.killed()).isTrue();
        TrainingDetail training = run.mainTraining().orElseThrow();
        assertThat(training.curve()).hasValueSatisfying(curve -> {
            assertThat(curve.metric().name()).isEqualTo("accuracy");
            assertThat(curve.points()).hasSize(8);
        });
        assertThat(training.microjoules())
                .isEqualTo(training.epochs().stream()
                        .mapToLong(EpochDetail::totalMicrojoules)
                        .sum());
    }

    @Test
    void hasNoPointsAfterAnEpochWithoutALine(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("gap.jsonl");
        Files.write(
                file,
                Files.readAllLines(JournalFixture.file("killed")).stream()
                        .filter(line -> !line.contains("\"first\": 3,"))
                        .toList());

        TrainingDetail training =
                RunDetailFile.read(file).run().orElseThrow().mainTraining().orElseThrow();

        assertThat(training.points("loss"))
                .extracting(LearningCurve.Point::epoch)
                .containsExactly(1, 2);
        assertThat(training.curve()).isEmpty();
    }

    @Test
    void saysWhyAFileIsNoRun(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("notes.jsonl"), "not a journal\n");

        RunDetailFile.Content content = RunDetailFile.read(file);

        assertThat(content.run()).isEmpty();
        assertThat(content.problem()).isPresent();
    }

    @Test
    void keepsTheTotalsOfTheReaderWhateverIsDamaged(@TempDir Path directory) throws IOException {
        Random random = new Random(7);
        byte[] whole = Files.readAllBytes(JournalFixture.file("base"));
        Path file = directory.resolve("damaged.jsonl");
        List<Integer> read = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j < 1 + i % 5; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);

            RunDetailFile.Content content = RunDetailFile.read(file);

            if (JournalReader.read(file) instanceof RecordedRun recorded) {
                content.run().ifPresent(run -> {
                    assertThat(run.totalMicrojoules()).isEqualTo(recorded.microjoules());
                    assertThat(run.seconds()).isCloseTo(recorded.seconds(), within(0.0));
                });
                read.add(i);
            } else {
                assertThat(content.run()).isEmpty();
            }
        }
        assertThat(read).hasSizeGreaterThan(100);
    }
}
