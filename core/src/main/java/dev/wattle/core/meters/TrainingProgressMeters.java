/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.forecast.Estimate;
import dev.wattle.core.forecast.Projection;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publishes how the latest training of each framework goes: its last epoch, its loss and its projection. The latest training
 * is the one whose epoch ended last.
 *
 * <p>An unknown value has no series. The projection's series end with the training; the others keep their last value until a
 * later training of the framework has an epoch. Trainings and epochs are no labels: their number has no limit.
 *
 * <p>The series are those of the latest {@link #update}. Thread-safe.
 */
public final class TrainingProgressMeters implements MeterBinder, AutoCloseable {

    private final List<Metric> metrics = new ArrayList<>();
    private boolean closed;

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        if (!closed) {
            for (Kind kind : Kind.values()) {
                metrics.add(new Metric(
                        kind,
                        MultiGauge.builder(kind.meter)
                                .description(kind.description)
                                .baseUnit(kind.unit)
                                .register(registry)));
            }
        }
    }

    /** Publishes these trainings in place of those before. */
    public synchronized void update(TrainingsSnapshot trainings) {
        if (closed) {
            return;
        }
        Map<Kind, List<MultiGauge.Row<?>>> rows = new EnumMap<>(Kind.class);
        for (Map.Entry<Framework, TrainingRecord> entry : latest(trainings).entrySet()) {
            add(rows, Tags.of("framework", entry.getKey().tag()), entry.getValue());
            trainings
                    .forecast(entry.getValue())
                    .projection()
                    .ifPresent(projection ->
                            add(rows, Tags.of("framework", entry.getKey().tag()), projection));
        }
        for (Metric metric : metrics) {
            metric.gauges().register(rows.getOrDefault(metric.kind(), List.of()), true);
        }
    }

    @Override
    public synchronized void close() {
        update(TrainingsSnapshot.NONE);
        closed = true;
    }

    private static Map<Framework, TrainingRecord> latest(TrainingsSnapshot trainings) {
        Map<Framework, TrainingRecord> latest = new EnumMap<>(Framework.class);
        for (TrainingRecord training : trainings.snapshot().trainings()) {
            if (!training.epochs().isEmpty()) {
                latest.merge(training.framework(), training, TrainingProgressMeters::later);
            }
        }
        return latest;
    }

    private static TrainingRecord later(TrainingRecord first, TrainingRecord second) {
        return last(first).endNanos() - last(second).endNanos() > 0 ? first : second;
    }

    private static EpochRecord last(TrainingRecord training) {
        return training.epochs().get(training.epochs().size() - 1);
    }

    private static void add(Map<Kind, List<MultiGauge.Row<?>>> rows, Tags tags, TrainingRecord training) {
        EpochRecord epoch = last(training);
        add(rows, Kind.EPOCH, tags, epoch.last());
        if (training.plannedEpochs() > 0) {
            add(rows, Kind.PLANNED_EPOCHS, tags, training.plannedEpochs());
        }
        add(rows, Kind.LOSS, tags, epoch.loss());
        // A record of many epochs that were merged gives their mean.
        add(rows, Kind.EPOCH_DURATION, tags, EnergyUnits.seconds(epoch.nanos()) / epoch.epochs());
        Map<Tags, Long> sums = new LinkedHashMap<>();
        epoch.microjoules().forEach((domain, energy) -> sums.merge(tags.and(labels(domain)), energy, Long::sum));
        sums.forEach(
                (labels, energy) -> add(rows, Kind.EPOCH_ENERGY, labels, EnergyUnits.joules(energy) / epoch.epochs()));
    }

    private static void add(Map<Kind, List<MultiGauge.Row<?>>> rows, Tags tags, Projection projection) {
        Estimate energy = projection.microjoules();
        add(rows, Kind.PROJECTED_ENERGY, tags, joules(energy.expected()));
        if (energy.hasRange()) {
            add(rows, Kind.PROJECTED_ENERGY_LOW, tags, joules(energy.low()));
            add(rows, Kind.PROJECTED_ENERGY_HIGH, tags, joules(energy.high()));
        }
        add(rows, Kind.PROJECTED_END, tags, projection.end().toEpochMilli() / 1_000.0);
    }

    private static void add(Map<Kind, List<MultiGauge.Row<?>>> rows, Kind kind, Tags tags, double value) {
        if (Double.isFinite(value)) {
            rows.computeIfAbsent(kind, first -> new ArrayList<>()).add(MultiGauge.Row.of(tags, value));
        }
    }

    private static Tags labels(EnergyDomain domain) {
        return Tags.of(
                "component",
                domain.component().tag(),
                "quality",
                domain.quality().tag());
    }

    private static double joules(double microjoules) {
        return EnergyUnits.joules(Math.round(microjoules));
    }

    private record Metric(Kind kind, MultiGauge gauges) {}

    private enum Kind {
        EPOCH("wattle.training.epoch", "The number of the last epoch that ended", null),
        PLANNED_EPOCHS(
                "wattle.training.planned.epochs", "The number of epochs that the training is planned to have", null),
        LOSS("wattle.training.loss", "The loss of the last epoch that ended", null),
        EPOCH_DURATION("wattle.training.epoch.duration", "How long the last epoch took that ended", "seconds"),
        EPOCH_ENERGY("wattle.training.epoch.energy", "Energy of the last epoch that ended", "joules"),
        PROJECTED_ENERGY(
                "wattle.training.projected.energy",
                "Energy that the training is expected to have used when its planned epochs are done",
                "joules"),
        PROJECTED_ENERGY_LOW(
                "wattle.training.projected.energy.low",
                "Lower end of the 95 % range of the projected energy",
                "joules"),
        PROJECTED_ENERGY_HIGH(
                "wattle.training.projected.energy.high",
                "Upper end of the 95 % range of the projected energy",
                "joules"),
        PROJECTED_END(
                "wattle.training.projected.end",
                "When the last planned epoch is expected to end, since 1970-01-01T00:00Z",
                "seconds");

        private final String meter;
        private final String description;
        private final @Nullable String unit;

        Kind(String meter, String description, @Nullable String unit) {
            this.meter = meter;
            this.description = description;
            this.unit = unit;
        }
    }
}
