/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of a training's epochs, in bounded memory: where there are too many, neighbours are put together as
 * {@link EpochThinning} chooses them. For the thread that follows.
 */
public final class EpochHistory {

    public static final int MOST_RECORDS = 1_024;

    private final KneeHistory corners = new KneeHistory();
    private List<EpochRecord> records = new ArrayList<>();

    /** The figures of the last epoch may still come. */
    private boolean lastOpen;

    public void add(EpochRecord epoch) {
        settle();
        records.add(epoch);
        lastOpen = true;
        if (records.size() > MOST_RECORDS) {
            records = new ArrayList<>(EpochThinning.of(records, MOST_RECORDS * 3 / 4));
        }
    }

    public Optional<EpochRecord> last() {
        return records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1));
    }

    public void replaceLast(EpochRecord epoch) {
        records.set(records.size() - 1, epoch);
    }

    public int size() {
        return records.size();
    }

    public List<EpochRecord> records() {
        return List.copyOf(records);
    }

    /** The epochs after which the whole training's curves have their corners, by figure of merit, the last epoch left aside. */
    public Map<String, Integer> corners() {
        return corners.epochs();
    }

    private void settle() {
        if (lastOpen) {
            corners.add(records.get(records.size() - 1));
            lastOpen = false;
        }
    }
}
