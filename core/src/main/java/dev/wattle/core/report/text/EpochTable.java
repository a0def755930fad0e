/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.QualityMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * A training's epochs as a table: all of them, or the first, the last and some evenly picked between where there are many.
 * Energies are of the epochs alone, without what lies between them.
 */
public final class EpochTable {

    static final int MOST_ROWS = 12;

    private static final char INTERPOLATED = '~';
    private static final char SHARED = '*';
    private static final char INCOMPLETE = '!';
    private static final int WIDEST_MERIT = 10;
    private static final int WATT_HOURS = 2;
    private static final int CO2E = 3;

    private final List<EpochRecord> epochs;
    private final List<EpochRecord> shown;
    private final CarbonSettings carbon;
    private final Optional<QualityMetric> merit;

    EpochTable(List<EpochRecord> epochs, Optional<QualityMetric> merit, CarbonSettings carbon) {
        this.epochs = epochs;
        this.shown = picked(epochs, MOST_ROWS);
        this.merit = merit.filter(figure -> !figure.name().equals(QualityMetric.LOSS));
        this.carbon = carbon;
    }

    /** The first, the last and evenly picked ones between, where there are more than so many. */
    public static <T> List<T> picked(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<T> picked = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            picked.add(all.get((int) Math.round((double) i * (all.size() - 1) / (most - 1))));
        }
        return picked;
    }

    /** The epochs that have a row. */
    List<EpochRecord> shown() {
        return shown;
    }

    /** How many epochs have none. */
    int omittedEpochs() {
        return count(epochs) - count(shown);
    }

    /** What those used. */
    long omittedMicrojoules() {
        return microjoules(epochs) - microjoules(shown);
    }

    /** What all used. */
    long totalMicrojoules() {
        return microjoules(epochs);
    }

    /** What was used between them. */
    long betweenMicrojoules() {
        return epochs.stream().mapToLong(EpochRecord::sinceLastMicrojoules).sum();
    }

    boolean hasInterpolated() {
        return shown.stream().anyMatch(EpochRecord::belowResolution);
    }

    boolean hasIncomplete() {
        return shown.stream().anyMatch(EpochRecord::incomplete);
    }

    /** What trainings inside of the epochs used, of what these used. */
    long insideMicrojoules() {
        return epochs.stream().mapToLong(EpochRecord::insideMicrojoules).sum();
    }

    boolean hasShared() {
        return shown.stream().anyMatch(EpochRecord::shared);
    }

    /** What the last column is called in full, where its head does not say it. */
    Optional<String> fullMerit() {
        return merit.map(QualityMetric::name)
                .filter(name -> !name.equals(merit.map(EpochTable::headOf).orElse("")));
    }

    /** The table's lines, its head first. CO2e and watt-hours, which follow from the joules, give way where it gets too wide. */
    List<String> lines() {
        List<Column> columns = columns();
        List<String> lines = lines(columns);
        for (int derived = CO2E; derived >= WATT_HOURS && lines.get(0).length() > SummaryLines.WIDTH; derived--) {
            columns.remove(derived);
            lines = lines(columns);
        }
        return lines;
    }

    private List<String> lines(List<Column> columns) {
        List<String[]> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::head).toArray(String[]::new));
        for (EpochRecord epoch : shown) {
            rows.add(columns.stream().map(column -> column.of(epoch)).toArray(String[]::new));
        }
        return aligned(rows);
    }

    /** A column: what stands above it, and what it says of an epoch. */
    private record Column(String head, UnitScale scale, ToDoubleFunction<EpochRecord> figure) {
        String of(EpochRecord epoch) {
            return scale.of(figure.applyAsDouble(epoch));
        }
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(scaled(UnitScale::seconds, "", epoch -> epoch.nanos() / 1e9));
        columns.add(scaled(UnitScale::joules, "", EpochTable::joules));
        columns.add(scaled(UnitScale::wattHours, "", epoch -> 1e3 * EnergyUnits.kwh(epoch.totalMicrojoules())));
        columns.add(scaled(UnitScale::grams, " CO2e", epoch -> carbon.gramsCo2e(epoch.totalMicrojoules())));
        if (epochs.stream().anyMatch(epoch -> epoch.samples() > 0)) {
            columns.add(scaled(UnitScale::plain, "samples/s", epoch -> perSecond(epoch)));
            columns.add(scaled(UnitScale::joules, "/sample", epoch -> perSample(epoch)));
        }
        if (epochs.stream().anyMatch(epoch -> !Double.isNaN(epoch.loss()))) {
            columns.add(scaled(UnitScale::plain, "loss", EpochRecord::loss));
        }
        merit.ifPresent(
                figure -> columns.add(scaled(UnitScale::plain, headOf(figure), epoch -> valueOf(figure, epoch))));
        return columns;
    }

    private Column scaled(DoubleFunction<UnitScale> units, String head, ToDoubleFunction<EpochRecord> figure) {
        double largest = 0;
        for (EpochRecord epoch : shown) {
            double value = Math.abs(figure.applyAsDouble(epoch));
            largest = Double.isFinite(value) && value > largest ? value : largest;
        }
        UnitScale scale = units.apply(largest);
        return new Column(scale.unit() + head, scale, figure);
    }

    private List<String> aligned(List<String[]> rows) {
        List<String[]> numbered = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String[] row = new String[rows.get(i).length + 1];
            row[0] = i == 0 ? "epoch" + " ".repeat(markWidth()) : numberOf(shown.get(i - 1));
            System.arraycopy(rows.get(i), 0, row, 1, row.length - 1);
            numbered.add(row);
        }
        int[] widths = new int[numbered.get(0).length];
        int sum = 2;
        for (int column = 0; column < widths.length; column++) {
            for (String[] row : numbered) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
            sum += widths[column];
        }
        int gap = sum + 2 * (widths.length - 1) <= SummaryLines.WIDTH ? 2 : 1;
        List<String> lines = new ArrayList<>();
        for (String[] row : numbered) {
            StringBuilder line = new StringBuilder("  ");
            for (int column = 0; column < row.length; column++) {
                String cell = String.format((Locale) null, "%" + widths[column] + "s", row[column]);
                line.append(" ".repeat(column == 0 ? 0 : gap)).append(cell);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int markWidth() {
        return (hasInterpolated() ? 1 : 0) + (hasShared() ? 1 : 0) + (hasIncomplete() ? 1 : 0);
    }

    private String numberOf(EpochRecord epoch) {
        StringBuilder number = new StringBuilder().append(epoch.first());
        if (epoch.epochs() > 1) {
            number.append('-').append(epoch.last());
        }
        if (hasInterpolated()) {
            number.append(epoch.belowResolution() ? INTERPOLATED : ' ');
        }
        if (hasShared()) {
            number.append(epoch.shared() ? SHARED : ' ');
        }
        if (hasIncomplete()) {
            number.append(epoch.incomplete() ? INCOMPLETE : ' ');
        }
        return number.toString();
    }

    private static String headOf(QualityMetric figure) {
        String name = figure.name();
        if (name.length() > WIDEST_MERIT) {
            String[] words = name.split("[^A-Za-z0-9]+", -1);
            name = words[words.length - 1];
        }
        return name.length() > WIDEST_MERIT ? name.substring(0, WIDEST_MERIT) : name;
    }

    private static double valueOf(QualityMetric figure, EpochRecord epoch) {
        return epoch.metrics().getOrDefault(figure.name(), Double.NaN);
    }

    private static double joules(EpochRecord epoch) {
        return epoch.totalMicrojoules() / 1e6;
    }

    private static double perSecond(EpochRecord epoch) {
        return epoch.samples() <= 0 || epoch.nanos() <= 0 ? Double.NaN : epoch.samples() / (epoch.nanos() / 1e9);
    }

    private static double perSample(EpochRecord epoch) {
        return epoch.samples() <= 0 ? Double.NaN : joules(epoch) / epoch.samples();
    }

    private static int count(List<EpochRecord> some) {
        return some.stream().mapToInt(EpochRecord::epochs).sum();
    }

    private static long microjoules(List<EpochRecord> some) {
        return some.stream().mapToLong(EpochRecord::totalMicrojoules).sum();
    }
}
