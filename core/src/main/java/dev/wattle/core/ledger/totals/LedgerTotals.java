/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import dev.wattle.core.ledger.read.LedgerFiles;
import dev.wattle.core.ledger.read.SkippedFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The totals of a ledger and its rows, which add up to them. Immutable.
 *
 * @param totals over all runs that the query selects
 * @param rows by name
 * @param skipped files that are not counted, or not in full, by name
 * @param runsRead how many runs the files have, whether the query selects them or not
 */
public record LedgerTotals(LedgerRow totals, List<LedgerRow> rows, List<SkippedFile> skipped, int runsRead) {

    /**
     * Reads the files and sums them up. Overlaps are resolved among all runs of the files, before the query selects
     * some:
     * the row of a project is the same whether others are shown or not.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static LedgerTotals of(LedgerFiles files, LedgerQuery query) throws InterruptedException {
        LedgerRuns runs = LedgerRuns.read(files.files(), query.grouping());
        List<LedgerEntry> entries = runs.entries();
        AttributedEnergy.resolve(entries);
        List<SkippedFile> skipped = new ArrayList<>(files.skipped());
        skipped.addAll(runs.skipped());
        RowSums all = new RowSums(query);
        Map<String, RowSums> byName = new TreeMap<>();
        for (LedgerEntry entry : entries) {
            if (isSelected(entry, query)) {
                if (all.canAdd(entry)) {
                    all.add(entry);
                    byName.computeIfAbsent(entry.row(), name -> new RowSums(query))
                            .add(entry);
                } else {
                    skipped.add(new SkippedFile(entry.file(), "has an energy that is too large to add to the others"));
                }
            }
        }
        skipped.sort(Comparator.comparing(SkippedFile::file));
        List<LedgerRow> rows = new ArrayList<>();
        byName.forEach((name, sums) -> rows.add(sums.toRow(name)));
        return new LedgerTotals(all.toRow("total"), rows, skipped, entries.size());
    }

    private static boolean isSelected(LedgerEntry entry, LedgerQuery query) {
        return query.since().map(since -> !entry.started().isBefore(since)).orElse(true)
                && query.until().map(until -> entry.started().isBefore(until)).orElse(true)
                && query.project()
                        .map(project -> project.equals(entry.project()))
                        .orElse(true);
    }
}
