/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.QualityMetric;
import dev.wattle.core.report.text.AlignedTable;
import dev.wattle.core.report.text.EpochMark;
import dev.wattle.core.report.text.PrintableName;
import dev.wattle.core.report.text.RunUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A training's epochs as a table, and the notes below it. The energy between epochs is in no row. */
final class EpochTable {

    /** Less is written as 0.00 J. */
    private static final long MIN_SHOWN_MICROJOULES = 5_000;

    private final List<EpochRecord> epochs;
    private final List<EpochRecord> shown;
    private final List<EpochMark> marks;
    private final CarbonSettings carbon;
    private final RunUnits units;
    private final Optional<QualityMetric> metric;

    /**
     * Makes the table of some of the epochs.
     *
     * @param epochs all of them
     * @param shown those that have a row
     * @param metric the training's metric; the loss has a column in any case
     */
    EpochTable(
            List<EpochRecord> epochs,
            List<EpochRecord> shown,
            Optional<QualityMetric> metric,
            CarbonSettings carbon,
            RunUnits units) {
        this.epochs = epochs;
        this.shown = shown;
        this.marks = EpochMark.of(shown);
        this.metric = metric.filter(other -> !other.name().equals(QualityMetric.LOSS));
        this.carbon = carbon;
        this.units = units;
    }

    /** The table's lines, its head first. Columns that follow from others are left out from the right until it fits. */
    List<String> lines() {
        List<EpochColumn> columns = EpochColumn.of(shown, metric, carbon, units);
        List<String> lines = lines(columns);
        while (lines.get(0).length() > SummaryLines.WIDTH && removeLastDerived(columns)) {
            lines = lines(columns);
        }
        return lines;
    }

    private List<String> lines(List<EpochColumn> columns) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>();
        head.add("epoch" + " ".repeat(marks.size()));
        columns.forEach(column -> head.add(column.head()));
        rows.add(head);
        for (EpochRecord epoch : shown) {
            List<String> row = new ArrayList<>();
            row.add(numberOf(epoch));
            columns.forEach(column -> row.add(column.cell(epoch)));
            rows.add(row);
        }
        return AlignedTable.lines(rows, SummaryLines.WIDTH);
    }

    private static boolean removeLastDerived(List<EpochColumn> columns) {
        for (int i = columns.size() - 1; i >= 0; i--) {
            if (columns.get(i).derived()) {
                columns.remove(i);
                return true;
            }
        }
        return false;
    }

    private String numberOf(EpochRecord epoch) {
        StringBuilder number = new StringBuilder().append(epoch.first());
        if (epoch.epochs() > 1) {
            number.append('-').append(epoch.last());
        }
        marks.forEach(mark -> number.append(mark.appliesTo(epoch) ? mark.sign() : ' '));
        return number.toString();
    }

    /** What the rows leave out or do not explain, a sentence each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        metric.map(QualityMetric::name)
                .filter(name -> !name.equals(EpochColumn.headOf(metric.orElseThrow())))
                .ifPresent(name -> notes.add("the last column is " + PrintableName.of(name)));
        if (omittedEpochs() > 0) {
            notes.add(omittedEpochs() + " epochs not shown used " + units.energy(omittedMicrojoules())
                    + "; all epochs used " + units.energy(totalMicrojoules()));
        }
        long between =
                epochs.stream().mapToLong(EpochRecord::sinceLastMicrojoules).sum();
        if (between >= MIN_SHOWN_MICROJOULES) {
            notes.add(units.energy(between) + " more was used between epochs");
        }
        long nested = epochs.stream().mapToLong(EpochRecord::insideMicrojoules).sum();
        if (nested > 0) {
            notes.add(units.energy(nested)
                    + " of the energy of these epochs was used by nested trainings, whose figures include it too");
        }
        marks.forEach(mark -> notes.add(mark.sign() + " " + mark.meaning()));
        return notes;
    }

    int omittedEpochs() {
        return count(epochs) - count(shown);
    }

    long omittedMicrojoules() {
        return microjoules(epochs) - microjoules(shown);
    }

    long totalMicrojoules() {
        return microjoules(epochs);
    }

    private static int count(List<EpochRecord> records) {
        return records.stream().mapToInt(EpochRecord::epochs).sum();
    }

    private static long microjoules(List<EpochRecord> records) {
        return records.stream().mapToLong(EpochRecord::totalMicrojoules).sum();
    }
}
