/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of a training's epochs, in bounded memory: where there are too many, neighbours are merged as
 * {@link EpochThinning} chooses them. For the thread that follows.
 */
public final class EpochHistory {

    /** How many records are kept. */
    public static final int MAX_RECORDS = 1_024;

    private final KneeHistory knees = new KneeHistory();
    private List<EpochRecord> records = new ArrayList<>();

    /** Whether figures of the last epoch may still come. */
    private boolean lastOpen;

    /** Adds the record of the epoch that ended last. */
    public void add(EpochRecord epoch) {
        settle();
        records.add(epoch);
        lastOpen = true;
        if (records.size() > MAX_RECORDS) {
            records = new ArrayList<>(EpochThinning.of(records, MAX_RECORDS * 3 / 4));
        }
    }

    /** The last record; empty before the first epoch has ended. */
    public Optional<EpochRecord> last() {
        return records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1));
    }

    /** Replaces the last record, of which there must be one. */
    public void replaceLast(EpochRecord epoch) {
        records.set(records.size() - 1, epoch);
    }

    /** How many records there are. */
    public int size() {
        return records.size();
    }

    /** All records, oldest first; a copy. */
    public List<EpochRecord> records() {
        return List.copyOf(records);
    }

    /** The epochs after which the curves of the whole training have their knees, by metric, without the last epoch. */
    public Map<String, Integer> corners() {
        return knees.epochs();
    }

    private void settle() {
        if (lastOpen) {
            knees.add(records.get(records.size() - 1));
            lastOpen = false;
        }
    }
}
