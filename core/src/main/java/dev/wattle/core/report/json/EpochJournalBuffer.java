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
 * Ended epochs on their way to the journal: kept until they are written.
 *
 * <p>The first {@value #MOST_SINGLE} epochs of a run have a line each. After that, those of one training that end between two
 * checkpoints share a line, so that a program with a million little fits does not fill the disk. Where even more trainings
 * than {@value #MOST_TRAININGS} had epochs between two checkpoints, the rest has no line and is counted. Thread-safe.
 */
public final class EpochJournalBuffer implements TrainingObserver {

    static final int MOST_SINGLE = 10_000;
    static final int MOST_TRAININGS = 1_000;

    private final List<EpochRecord> single = new ArrayList<>();
    private final Map<Integer, EpochRecord> together = new LinkedHashMap<>();

    /** Those put together that may be in the file by now; what comes after them has a line of its own. */
    private final Map<Integer, EpochRecord> handedOut = new LinkedHashMap<>();

    private int singleEver;
    private long leftOut;

    @Override
    public synchronized void epoch(EpochRecord epoch) {
        if (singleEver < MOST_SINGLE) {
            single.add(epoch);
            singleEver++;
        } else if (together.containsKey(epoch.training())
                || handedOut.containsKey(epoch.training())
                || together.size() + handedOut.size() < MOST_TRAININGS) {
            together.merge(epoch.training(), epoch, EpochRecord::and);
        } else {
            leftOut++;
        }
    }

    /** How many epochs have no line. */
    public synchronized long leftOut() {
        return leftOut;
    }

    /** Those that are to be written; the same again, and what came meanwhile, until they are {@link #written}. */
    synchronized Pending pending() {
        together.forEach((training, epoch) -> handedOut.merge(training, epoch, EpochRecord::and));
        together.clear();
        List<EpochRecord> pending = new ArrayList<>(single);
        pending.addAll(handedOut.values());
        return new Pending(pending, single.size());
    }

    /** Lets go of what was pending and has been written. */
    synchronized void written(Pending lines) {
        single.subList(0, lines.singles).clear();
        handedOut.clear();
    }

    /**
     * What is to be written.
     *
     * @param singles how many at the begin have a line of their own
     */
    record Pending(List<EpochRecord> epochs, int singles) {}

    static JsonObject line(EpochRecord epoch, CarbonSettings carbon) {
        JsonObject line = new JsonObject();
        line.addProperty("type", "epoch");
        TrainingJson.epoch(epoch, carbon).asMap().forEach(line::add);
        return line;
    }
}
