/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.QualityMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A training's epochs as a table, and the notes below it. Of more than {@value #MAX_ROWS} epochs the first, the last and an
 * even sample of the others have a row. The energy between epochs is in no row.
 */
final class EpochTable {

    static final int MAX_ROWS = 12;

    /** Less is written as 0.00 J. */
    private static final long MIN_SHOWN_MICROJOULES = 5_000;

    private final List<EpochRecord> epochs;
    private final List<EpochRecord> shown;
    private final List<EpochMark> marks;
    private final CarbonSettings carbon;
    private final Optional<QualityMetric> metric;

    /** @param metric the training's metric; the loss has a column in any case */
    EpochTable(List<EpochRecord> epochs, Optional<QualityMetric> metric, CarbonSettings carbon) {
        this.epochs = epochs;
        this.shown = EvenSample.of(epochs, MAX_ROWS);
        this.marks = EpochMark.of(shown);
        this.metric = metric.filter(other -> !other.name().equals(QualityMetric.LOSS));
        this.carbon = carbon;
    }

    /** The table's lines, its head first. Columns that follow from others are left out from the right until it fits. */
    List<String> lines() {
        List<EpochColumn> columns = EpochColumn.of(shown, metric, carbon);
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
            notes.add(omittedEpochs() + " epochs not shown used " + QuantityFormat.joules(omittedMicrojoules())
                    + "; all epochs used " + QuantityFormat.joules(totalMicrojoules()));
        }
        long between =
                epochs.stream().mapToLong(EpochRecord::sinceLastMicrojoules).sum();
        if (between >= MIN_SHOWN_MICROJOULES) {
            notes.add(QuantityFormat.joules(between) + " more was used between epochs");
        }
        long nested = epochs.stream().mapToLong(EpochRecord::insideMicrojoules).sum();
        if (nested > 0) {
            notes.add(QuantityFormat.joules(nested)
                    + " of the energy of these epochs was used by nested trainings, whose figures include it too");
        }
        marks.forEach(mark -> notes.add(mark.sign() + " " + mark.meaning()));
        return notes;
    }

    /** The epochs that have a row. */
    List<EpochRecord> shown() {
        return shown;
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
