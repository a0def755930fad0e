/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of a training's epochs, in bounded memory: where there are too many, neighbours are put together as
 * {@link EpochThinning} chooses them. For the thread that follows.
 */
final class EpochBook {

    static final int MOST_RECORDS = 1_024;

    private final CurveCorners corners = new CurveCorners();
    private List<EpochRecord> records = new ArrayList<>();

    /** The figures of the last epoch may still come. */
    private boolean lastOpen;

    void add(EpochRecord epoch) {
        settle();
        records.add(epoch);
        lastOpen = true;
        if (records.size() > MOST_RECORDS) {
            records = new ArrayList<>(EpochThinning.of(records, MOST_RECORDS * 3 / 4));
        }
    }

    Optional<EpochRecord> last() {
        return records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1));
    }

    void replaceLast(EpochRecord epoch) {
        records.set(records.size() - 1, epoch);
    }

    int size() {
        return records.size();
    }

    List<EpochRecord> records() {
        return List.copyOf(records);
    }

    /** The epochs after which the whole training's curves have their corners, by figure of merit, the last epoch left aside. */
    Map<String, Integer> corners() {
        return corners.epochs();
    }

    private void settle() {
        if (lastOpen) {
            corners.add(records.get(records.size() - 1));
            lastOpen = false;
        }
    }
}
