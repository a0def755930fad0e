/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.stress;

import dev.wattle.core.energy.EnergyTimeline;

/**
 * The records that the writers append: record k at 10 (k + 1) ns with 1000 (k + 1) µJ.
 *
 * <p>The energy follows from the instant, and no two records share either, so that an answer mixed from two records
 * is not taken for a whole one. No value is 0, so that a slot that was never written is not either.
 */
final class Ramp {

    /**
     * The maximum number of reads. A single read is mostly over before the writer starts; a reader that repeats it until the
     * answer changes is still reading when its record is overwritten.
     */
    static final int QUESTIONS = 100;

    private static final long NANOS_PER_RECORD = 10;
    private static final long MICROJOULES_PER_NANO = 100;

    private Ramp() {}

    static EnergyTimeline timeline(int capacity, int records) {
        EnergyTimeline timeline = new EnergyTimeline(capacity);
        append(timeline, 0, records);
        return timeline;
    }

    static void append(EnergyTimeline timeline, int from, int to) {
        for (int record = from; record < to; record++) {
            long nanos = nanosOf(record);
            timeline.append(nanos, microjoulesAt(nanos));
        }
    }

    static long nanosOf(long record) {
        return NANOS_PER_RECORD * (record + 1);
    }

    /** Half way from the record before. */
    static long nanosBefore(long record) {
        return nanosOf(record) - NANOS_PER_RECORD / 2;
    }

    static long microjoulesAt(long nanos) {
        return nanos * MICROJOULES_PER_NANO;
    }

    static boolean isRecord(long microjoules) {
        return microjoules > 0 && microjoules % microjoulesAt(NANOS_PER_RECORD) == 0;
    }

    /** What an answer for an instant is worth: whole, lost, not yet or torn. */
    static String judge(long nanos, long answer) {
        if (answer == EnergyTimeline.LOST) {
            return "lost";
        }
        if (answer == EnergyTimeline.NOT_YET) {
            return "not yet";
        }
        return answer == microjoulesAt(nanos) ? "whole" : "torn";
    }
}
