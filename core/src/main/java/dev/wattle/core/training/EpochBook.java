/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import dev.wattle.core.probe.EnergyDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            fewer.add(together(records.get(i), records.get(i + 1)));
        }
        fewer.addAll(records.subList(old, records.size()));
        records = fewer;
    }

    /** Two as one; what lay between them becomes part of it. */
    private static EpochRecord together(EpochRecord one, EpochRecord two) {
        Map<EnergyDomain, Long> sums = new LinkedHashMap<>(one.microjoules());
        two.microjoules().forEach((domain, part) -> sums.merge(domain, part, Long::sum));
        Map<String, Double> metrics = new LinkedHashMap<>(one.metrics());
        metrics.putAll(two.metrics());
        return new EpochRecord(
                one.training(),
                one.framework(),
                one.first(),
                two.last(),
                one.began(),
                one.beginNanos(),
                two.beginNanos() + two.nanos() - one.beginNanos(),
                sums,
                one.validationMicrojoules() + two.validationMicrojoules(),
                one.sinceLastMicrojoules() + two.sinceLastMicrojoules(),
                one.iterations() + two.iterations(),
                one.samples() + two.samples(),
                two.loss(),
                metrics,
                one.belowResolution() && two.belowResolution(),
                one.shared() || two.shared());
    }
}
