/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.EnergyUnits;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The highest mean power over one to sixteen seconds that is certain. The time of a step is known only to the time between
 * two readings; the longest possible window counts, so that the peak is never above the truth. The thread that reads writes,
 * any thread reads.
 */
final class PeakPower {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private static final long[] WINDOWS_NANOS = {
        SECOND_NANOS,
        3 * SECOND_NANOS / 2,
        2 * SECOND_NANOS,
        3 * SECOND_NANOS,
        4 * SECOND_NANOS,
        6 * SECOND_NANOS,
        8 * SECOND_NANOS,
        12 * SECOND_NANOS,
        ChangeHistory.SPAN_NANOS
    };

    private final ChangeHistory history;
    private final AtomicLong microwatts = new AtomicLong(DomainMeter.UNKNOWN);

    PeakPower(ChangeHistory history) {
        this.history = history;
    }

    /** The peak in microwatts, or {@link DomainMeter#UNKNOWN}. */
    long microwatts() {
        return microwatts.get();
    }

    /**
     * Notes a change that follows those of the history.
     *
     * @param maxStepNanos how long a step of the counter may take
     */
    void changed(long atNanos, long cumulativeMicrojoules, long maxStepNanos) {
        long peak = microwatts.get();
        for (int i = 0; i < WINDOWS_NANOS.length; i++) {
            long start = history.floor(atNanos - WINDOWS_NANOS[i]);
            if (start < history.first()) {
                break;
            }
            long nanos = atNanos - history.nanos(start) + Math.min(maxStepNanos, history.gapNanos(start));
            long microjoules = cumulativeMicrojoules - history.microjoules(start);
            peak = Math.max(peak, EnergyUnits.meanMicrowatts(microjoules, nanos));
        }
        microwatts.lazySet(peak);
    }
}
