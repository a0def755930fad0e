/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.Epochs;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.report.json.JournalLines.Batch;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.Reports;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.Trainings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalLinesTest {
    private static final Instant AT = Instant.parse("2026-03-01T12:10:00.123Z");

    private final EpochJournalBuffer epochs = new EpochJournalBuffer();
    private final List<EnergyDomain> joined = new ArrayList<>();
    private final JournalLines lines = new JournalLines(epochs, () -> List.copyOf(joined));

    @Test
    void writesTheEpochsThatEndedBeforeTheCheckpoint() {
        List<EpochRecord> three = Trainings.epochs(1, 3);
        three.forEach(epochs::epoch);

        Batch batch = lines.checkpoint(report(0, three), AT);

        assertThat(types(batch)).containsExactly("epoch", "epoch", "epoch", "checkpoint");
        JsonObject second = parsed(batch, 1);
        assertThat(second.get("training").getAsInt()).isEqualTo(1);
        assertThat(second.get("first").getAsInt()).isEqualTo(2);
        assertThat(second.get("last").getAsInt()).isEqualTo(2);
        assertThat(second.get("quality").getAsString()).isEqualTo("counter+modelled");
        assertThat(second.getAsJsonObject("microjoules").get("gpu-0").getAsLong()
                        + second.getAsJsonObject("microjoules").get("cpu").getAsLong())
                .isEqualTo(three.get(1).totalMicrojoules());
        assertThat(second.get("since_last_microjoules").getAsString()).isEqualTo("2500000");
        assertThat(second.getAsJsonObject("metrics").get("accuracy").getAsDouble())
                .isEqualTo(three.get(1).metrics().get("accuracy"));
    }

    @Test
    void namesEachDeviceOnceInTheFirstLineOrWhenItJoins() {
        joined.add(Reports.domain(Component.CPU, "package-0", Quality.COUNTER));
        Batch first = lines.run(Reports.IDENTITY, Reports.OWN_FIGURE);
        first.whenWritten().run();
        joined.add(Reports.domain(Component.GPU, "gpu-0", Quality.COUNTER));
        RunSnapshot report = report(0, List.of());

        assertThat(parsed(first, 0).getAsJsonArray("devices")).hasSize(1);
        assertThat(types(lines.checkpoint(report, AT))).containsExactly("device", "checkpoint");
        Batch again = lines.checkpoint(report, AT);
        again.whenWritten().run();
        assertThat(types(again)).containsExactly("device", "checkpoint");
        assertThat(parsed(again, 0).get("device").getAsString()).isEqualTo("gpu-0");
        assertThat(types(lines.checkpoint(report, AT))).containsExactly("checkpoint");
    }

    @Test
    void writesAnEpochOnceItWasWrittenNoMoreAndUntilThenAgain() {
        List<EpochRecord> two = Trainings.epochs(1, 2);
        epochs.epoch(two.get(0));
        lines.checkpoint(report(0, two), AT);
        epochs.epoch(two.get(1));

        Batch again = lines.checkpoint(report(0, two), AT);
        assertThat(types(again)).containsExactly("epoch", "epoch", "checkpoint");
        again.whenWritten().run();

        assertThat(types(lines.summary(report(0, two), AT))).containsExactly("summary");
    }

    @Test
    void losesNoEpochThatEndedWhileTheOthersWereWritten() {
        List<EpochRecord> two = Trainings.epochs(1, 2);
        epochs.epoch(two.get(0));
        Batch first = lines.checkpoint(report(0, two), AT);
        epochs.epoch(two.get(1));
        first.whenWritten().run();

        Batch second = lines.checkpoint(report(0, two), AT);
        assertThat(types(second)).containsExactly("epoch", "checkpoint");
        assertThat(parsed(second, 0).get("first").getAsInt()).isEqualTo(2);
    }

    @Test
    void announcesEachProjectionOnceWhenItIsMade() {
        List<EpochRecord> ten = Trainings.epochs(1, 10);

        Batch batch = lines.checkpoint(report(20, ten), AT);
        assertThat(types(batch)).containsExactly("projection", "projection", "projection", "checkpoint");
        JsonObject first = parsed(batch, 0);
        assertThat(first.get("percent").getAsInt()).isEqualTo(10);
        assertThat(first.get("epochs_done").getAsInt()).isEqualTo(2);
        assertThat(first.get("planned_epochs").getAsInt()).isEqualTo(20);
        JsonObject energy = parsed(batch, 2).getAsJsonObject("microjoules");
        assertThat(energy.get("expected").getAsString()).matches("\\d+");
        assertThat(energy.get("low").getAsLong())
                .isLessThan(energy.get("expected").getAsLong());
        assertThat(energy.get("high").getAsLong())
                .isGreaterThan(energy.get("expected").getAsLong());
        batch.whenWritten().run();

        assertThat(types(lines.checkpoint(report(20, ten), AT))).containsExactly("checkpoint");
    }

    @Test
    void comparesTheProjectionsWithTheTruthInTheSummary() {
        List<EpochRecord> all = Trainings.epochs(1, 20);
        JsonObject summary = last(lines.summary(report(20, all), AT));

        JsonObject training = summary.getAsJsonArray("trainings").get(0).getAsJsonObject();
        JsonObject tenth = training.getAsJsonArray("projections").get(0).getAsJsonObject();
        long truth = all.stream().mapToLong(EpochRecord::cycleMicrojoules).sum();
        assertThat(tenth.get("true_microjoules").getAsLong()).isEqualTo(truth);
        assertThat(tenth.get("energy_error").getAsDouble())
                .isCloseTo(
                        tenth.getAsJsonObject("microjoules").get("expected").getAsDouble() / truth - 1, within(1e-9));
        assertThat(training.get("epochs").getAsInt()).isEqualTo(20);
        assertThat(training.getAsJsonObject("curve").getAsJsonArray("points")).hasSize(20);
        assertThat(training.getAsJsonObject("curve").get("merit").getAsString()).isEqualTo("validate_accuracy");
        assertThat(summary.getAsJsonArray("windows")
                        .get(0)
                        .getAsJsonObject()
                        .get("name")
                        .getAsString())
                .isEqualTo("load");
        assertThat(summary.getAsJsonObject("budget").get("used_ratio").getAsDouble())
                .isEqualTo(0.7312);
    }

    @Test
    void writesPhasesThatAddUpToTheRunDeviceByDevice() {
        RunSnapshot report = report(20, Trainings.epochs(1, 20));
        JsonObject checkpoint = last(lines.checkpoint(report, AT));

        for (DeviceSnapshot device : report.devices()) {
            String name = device.domain().device();
            long sum = 0;
            for (JsonElement phase : checkpoint.getAsJsonArray("phases")) {
                sum += phase.getAsJsonObject()
                        .getAsJsonObject("microjoules")
                        .get(name)
                        .getAsLong();
            }
            assertThat(sum)
                    .isEqualTo(
                            checkpoint.getAsJsonObject("microjoules").get(name).getAsLong());
        }
    }

    @Test
    void leavesOutWhatIsNoFiniteNumber() {
        Epochs odd = new Epochs(1).add(1, 1, Double.NaN, Map.of("accuracy", Double.POSITIVE_INFINITY, "f1", 0.5));
        epochs.epoch(odd.list().get(0));

        JsonObject line = parsed(lines.checkpoint(report(0, odd.list()), AT), 0);

        assertThat(line.has("loss")).isFalse();
        assertThat(line.getAsJsonObject("metrics").keySet()).containsExactly("f1");
    }

    @Test
    void putsEpochsTogetherOnceThereWereVeryMany() {
        EpochRecord model = Epochs.of(1).get(0);
        for (int i = 1; i <= EpochJournalBuffer.MAX_SINGLE + 500; i++) {
            epochs.epoch(numbered(model, i));
        }

        Batch batch = lines.checkpoint(report(0, List.of(model)), AT);

        assertThat(batch.lines()).hasSize(EpochJournalBuffer.MAX_SINGLE + 2);
        JsonObject together = parsed(batch, EpochJournalBuffer.MAX_SINGLE);
        assertThat(together.get("first").getAsInt()).isEqualTo(EpochJournalBuffer.MAX_SINGLE + 1);
        assertThat(together.get("last").getAsInt()).isEqualTo(EpochJournalBuffer.MAX_SINGLE + 500);
        assertThat(together.getAsJsonObject("microjoules").get("gpu-0").getAsLong())
                .isEqualTo(500 * 750_000L);
        batch.whenWritten().run();
        assertThat(types(lines.checkpoint(report(0, List.of(model)), AT))).containsExactly("checkpoint");
    }

    @Test
    void writesNoEpochTwiceThatWasPutTogetherWhileOthersWereWritten() {
        EpochRecord model = Epochs.of(1).get(0);
        for (int i = 1; i <= EpochJournalBuffer.MAX_SINGLE + 1; i++) {
            epochs.epoch(numbered(model, i));
        }
        Batch first = lines.checkpoint(report(0, List.of(model)), AT);
        epochs.epoch(numbered(model, EpochJournalBuffer.MAX_SINGLE + 2));
        first.whenWritten().run();

        Batch second = lines.checkpoint(report(0, List.of(model)), AT);
        assertThat(types(second)).containsExactly("epoch", "checkpoint");
        assertThat(parsed(second, 0).get("first").getAsInt()).isEqualTo(EpochJournalBuffer.MAX_SINGLE + 2);
    }

    @Test
    void writesEpochsThatWerePutTogetherAgainWithLaterOnesUntilTheyAreWritten() {
        EpochRecord model = Epochs.of(1).get(0);
        for (int i = 1; i <= EpochJournalBuffer.MAX_SINGLE + 1; i++) {
            epochs.epoch(numbered(model, i));
        }
        lines.checkpoint(report(0, List.of(model)), AT);
        epochs.epoch(numbered(model, EpochJournalBuffer.MAX_SINGLE + 2));

        Batch again = lines.checkpoint(report(0, List.of(model)), AT);
        assertThat(again.lines()).hasSize(EpochJournalBuffer.MAX_SINGLE + 2);
        JsonObject together = parsed(again, EpochJournalBuffer.MAX_SINGLE);
        assertThat(together.get("first").getAsInt()).isEqualTo(EpochJournalBuffer.MAX_SINGLE + 1);
        assertThat(together.get("last").getAsInt()).isEqualTo(EpochJournalBuffer.MAX_SINGLE + 2);
    }

    @Test
    void remembersNoProjectionThatIsNoLongerHeld() {
        List<EpochRecord> ten = Trainings.epochs(1, 10);
        lines.checkpoint(report(20, ten), AT).whenWritten().run();
        lines.checkpoint(report(0, ten), AT).whenWritten().run();

        assertThat(types(lines.checkpoint(report(20, ten), AT)))
                .containsExactly("projection", "projection", "projection", "checkpoint");
    }

    private static EpochRecord numbered(EpochRecord model, int number) {
        return new EpochRecord(
                1,
                model.framework(),
                number,
                number,
                model.started(),
                model.startNanos() + number,
                1,
                model.microjoules(),
                0,
                0,
                0,
                1,
                1,
                1,
                Map.of(),
                true,
                false,
                false,
                List.of());
    }

    private static RunSnapshot report(int planned, List<EpochRecord> epochs) {
        return Trainings.run(Trainings.report(planned, List.of(epochs)));
    }

    private static List<String> types(Batch batch) {
        return batch.lines().stream()
                .map(line -> line.get("type").getAsString())
                .toList();
    }

    private static JsonObject parsed(Batch batch, int index) {
        return JsonParser.parseString(batch.lines().get(index).toString()).getAsJsonObject();
    }

    private static JsonObject last(Batch batch) {
        return parsed(batch, batch.lines().size() - 1);
    }
}
