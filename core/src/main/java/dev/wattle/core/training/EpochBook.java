/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of a training's epochs, in bounded memory: where there are too many, neighbours are put together, the oldest
 * half first, so that the latest stay single. For the thread that follows.
 */
final class EpochBook {

    static final int MOST_RECORDS = 1_024;

    private List<EpochRecord> records = new ArrayList<>();

    void add(EpochRecord epoch) {
        records.add(epoch);
        if (records.size() > MOST_RECORDS) {
            putTogether();
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

    private void putTogether() {
        List<EpochRecord> fewer = new ArrayList<>(MOST_RECORDS);
        int old = MOST_RECORDS / 2;
        for (int i = 0; i < old; i += 2) {
            fewer.add(records.get(i).and(records.get(i + 1)));
        }
        fewer.addAll(records.subList(old, records.size()));
        records = fewer;
    }
}
