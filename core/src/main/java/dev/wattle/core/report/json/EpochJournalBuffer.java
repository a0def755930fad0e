/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.json;

import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds ended epochs until they are written to the journal.
 *
 * <p>The first {@value #MAX_SINGLE} epochs of a run have a line each. After that, the epochs of one training that end between
 * two writes share a line, so that a program with a million short fits does not fill the disk. Where more than
 * {@value #MAX_TRAININGS} trainings have epochs between two writes, the rest has no line and is counted. Thread-safe.
 */
public final class EpochJournalBuffer implements TrainingObserver {

    static final int MAX_SINGLE = 10_000;
    static final int MAX_TRAININGS = 1_000;

    private final List<EpochRecord> single = new ArrayList<>();
    private final Map<Integer, EpochRecord> combined = new LinkedHashMap<>();

    /** Combined epochs that may be in the file already; later ones of the same training need another line. */
    private final Map<Integer, EpochRecord> pendingCombined = new LinkedHashMap<>();

    private int singlesSoFar;
    private long withoutLine;

    @Override
    public synchronized void epoch(EpochRecord epoch) {
        if (singlesSoFar < MAX_SINGLE) {
            single.add(epoch);
            singlesSoFar++;
        } else if (combined.containsKey(epoch.training())
                || pendingCombined.containsKey(epoch.training())
                || combined.size() + pendingCombined.size() < MAX_TRAININGS) {
            combined.merge(epoch.training(), epoch, EpochRecord::and);
        } else {
            withoutLine++;
        }
    }

    /** The number of epochs without a line. */
    public synchronized long withoutLine() {
        return withoutLine;
    }

    /** The epochs to write. Until they are {@link #written}, each call returns them again, and those that ended meanwhile. */
    synchronized Pending pending() {
        combined.forEach((training, epoch) -> pendingCombined.merge(training, epoch, EpochRecord::and));
        combined.clear();
        List<EpochRecord> pending = new ArrayList<>(single);
        pending.addAll(pendingCombined.values());
        return new Pending(pending, single.size());
    }

    /** Removes epochs that have been written. */
    synchronized void written(Pending pending) {
        single.subList(0, pending.singles).clear();
        pendingCombined.clear();
    }

    /**
     * Epochs to write.
     *
     * @param singles the number of epochs at the start of the list that are not combined
     */
    record Pending(List<EpochRecord> epochs, int singles) {}

    static JsonObject line(EpochRecord epoch, CarbonSettings carbon) {
        JsonObject line = new JsonObject();
        line.addProperty("type", "epoch");
        EpochJson.of(epoch, carbon).asMap().forEach(line::add);
        return line;
    }
}
