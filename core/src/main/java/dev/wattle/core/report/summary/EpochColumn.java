/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.QualityMetric;
import dev.wattle.core.report.text.PrintableName;
import dev.wattle.core.report.text.RunUnits;
import dev.wattle.core.report.text.UnitScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * A column of the table of epochs.
 *
 * @param head the column's title: a unit, a name, or both
 * @param derived whether its figures follow from those of other columns, so that a narrow table can do without
 */
record EpochColumn(String head, UnitScale scale, ToDoubleFunction<EpochRecord> figure, boolean derived) {

    private static final int MAX_METRIC_NAME = 10;

    /** The columns that have a figure for at least one epoch, in their order. */
    static List<EpochColumn> of(
            List<EpochRecord> epochs, Optional<QualityMetric> metric, CarbonSettings carbon, RunUnits units) {
        List<EpochColumn> columns = new ArrayList<>();
        columns.add(column(epochs, UnitScale::seconds, "", epoch -> EnergyUnits.seconds(epoch.nanos())));
        columns.add(column(epochs, units.energy()::forColumn, "", EpochColumn::joules));
        columns.add(column(epochs, units.co2e()::forColumn, " CO2e", carbon::gramsCo2e)
                .asDerived());
        if (epochs.stream().anyMatch(epoch -> epoch.samples() > 0)) {
            columns.add(column(epochs, UnitScale::plain, "samples/s", EpochColumn::samplesPerSecond));
            columns.add(column(epochs, UnitScale::joules, "/sample", EpochColumn::joulesPerSample));
        }
        if (epochs.stream().anyMatch(epoch -> !Double.isNaN(epoch.loss()))) {
            columns.add(column(epochs, UnitScale::plain, "loss", EpochRecord::loss));
        }
        metric.ifPresent(shown -> columns.add(column(
                epochs,
                UnitScale::plain,
                headOf(shown),
                epoch -> epoch.metrics().getOrDefault(shown.name(), Double.NaN))));
        return columns;
    }

    /** The title of a metric's column: its name, or the end of a long name. */
    static String headOf(QualityMetric metric) {
        String name = metric.name();
        if (name.length() > MAX_METRIC_NAME) {
            String[] words = name.split("[^A-Za-z0-9]+", -1);
            name = words[words.length - 1];
        }
        return PrintableName.of(name, MAX_METRIC_NAME);
    }

    String cell(EpochRecord epoch) {
        return scale.of(figure.applyAsDouble(epoch));
    }

    private static EpochColumn column(
            List<EpochRecord> epochs,
            DoubleFunction<UnitScale> units,
            String head,
            ToDoubleFunction<EpochRecord> figure) {
        double largest = 0;
        for (EpochRecord epoch : epochs) {
            double value = Math.abs(figure.applyAsDouble(epoch));
            largest = Double.isFinite(value) && value > largest ? value : largest;
        }
        UnitScale scale = units.apply(largest);
        return new EpochColumn(scale.unit() + head, scale, figure, false);
    }

    private EpochColumn asDerived() {
        return new EpochColumn(head, scale, figure, true);
    }

    private static double joules(EpochRecord epoch) {
        return EnergyUnits.joules(epoch.totalMicrojoules());
    }

    private static double samplesPerSecond(EpochRecord epoch) {
        return epoch.samples() <= 0 || epoch.nanos() <= 0
                ? Double.NaN
                : epoch.samples() / EnergyUnits.seconds(epoch.nanos());
    }

    private static double joulesPerSample(EpochRecord epoch) {
        return epoch.samples() <= 0 ? Double.NaN : joules(epoch) / epoch.samples();
    }
}
