/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.Epochs;
import dev.wattle.core.forecast.Projection;
import dev.wattle.core.snapshot.Trainings;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingProgressMetersTest {
    private static final String ENERGY = "wattle.training.epoch.energy";
    private static final String PROJECTED = "wattle.training.projected.energy";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TrainingProgressMeters meters = new TrainingProgressMeters();

    @BeforeEach
    void bind() {
        meters.bindTo(registry);
    }

    @Test
    void hasNothingBeforeTheFirstEpochHasEnded() {
        update(Trainings.report(10, List.of(List.of())));

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void publishesTheLastEpochOfTheTrainingWhoseEpochEndedLast() {
        List<EpochRecord> first = Trainings.epochs(1, 3);
        List<EpochRecord> second = Trainings.epochs(2, 7);

        update(Trainings.report(20, List.of(second, first)));

        EpochRecord last = second.get(6);
        assertThat(value("wattle.training.epoch")).isEqualTo(7);
        assertThat(value("wattle.training.planned.epochs")).isEqualTo(20);
        assertThat(value("wattle.training.loss")).isEqualTo(last.loss());
        assertThat(value("wattle.training.epoch.duration")).isCloseTo(last.nanos() / 1e9, within(1e-9));
        assertThat(registry.get(ENERGY).gauges()).hasSize(2);
        assertThat(registry.get(ENERGY)
                        .tags("framework", "dl4j", "component", "gpu", "quality", "counter")
                        .gauge()
                        .value())
                .isEqualTo(last.microjoules().getOrDefault(Epochs.BOARD, 0L) / 1e6);
        assertThat(registry.get(ENERGY).gauges().stream()
                        .mapToDouble(Gauge::value)
                        .sum())
                .isCloseTo(last.totalMicrojoules() / 1e6, within(1e-6));
    }

    @Test
    void publishesTheProjectionWithItsRange() {
        TrainingsSnapshot trainings = Trainings.report(20, List.of(Trainings.epochs(1, 7)));

        update(trainings);

        Projection projection = trainings.forecasts().get(0).projection().orElseThrow();
        assertThat(value(PROJECTED)).isCloseTo(projection.microjoules().expected() / 1e6, within(1e-6));
        assertThat(value(PROJECTED + ".low")).isCloseTo(projection.microjoules().low() / 1e6, within(1e-6));
        assertThat(value(PROJECTED + ".high"))
                .isCloseTo(projection.microjoules().high() / 1e6, within(1e-6));
        assertThat(value("wattle.training.projected.end"))
                .isCloseTo(projection.end().toEpochMilli() / 1e3, within(1e-3));
    }

    @Test
    void hasNoSeriesOfWhatIsUnknown() {
        update(Trainings.report(0, List.of(Epochs.of(100))));
        assertThat(names()).containsExactly("wattle.training.epoch", "wattle.training.epoch.duration", ENERGY);

        update(Trainings.report(9, List.of(Epochs.of(100, 90))));
        assertThat(names()).contains(PROJECTED).doesNotContain(PROJECTED + ".low", PROJECTED + ".high");
    }

    @Test
    void dropsTheProjectionAndKeepsTheLastEpochOnceAllEpochsAreDone() {
        update(Trainings.report(7, List.of(Trainings.epochs(1, 6))));
        assertThat(names()).contains(PROJECTED, PROJECTED + ".low", "wattle.training.projected.end");

        update(Trainings.report(7, List.of(Trainings.epochs(1, 7))));

        assertThat(names())
                .contains("wattle.training.loss", ENERGY)
                .noneMatch(name -> name.startsWith("wattle.training.projected"));
        assertThat(value("wattle.training.epoch")).isEqualTo(7);
    }

    @Test
    void givesTheMeanOfEpochsThatWereMerged() {
        Epochs epochs = new Epochs(1).add(4, 400, 8, 0.5, Map.of(), 0);

        update(Trainings.report(0, List.of(epochs.list())));

        assertThat(value("wattle.training.epoch")).isEqualTo(4);
        assertThat(value("wattle.training.epoch.duration")).isEqualTo(2);
        assertThat(registry.get(ENERGY).gauges().stream()
                        .mapToDouble(Gauge::value)
                        .sum())
                .isCloseTo(100, within(1e-6));
    }

    @Test
    void removesItsMetersWhenItIsClosed() {
        update(Trainings.report(20, List.of(Trainings.epochs(1, 7))));

        meters.close();
        meters.update(Trainings.report(20, List.of(Trainings.epochs(1, 8))));

        assertThat(registry.getMeters()).isEmpty();
    }

    private void update(TrainingsSnapshot trainings) {
        meters.update(trainings);
    }

    private double value(String name) {
        return registry.get(name).tags("framework", "dl4j").gauge().value();
    }

    private List<String> names() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .distinct()
                .sorted()
                .toList();
    }
}
