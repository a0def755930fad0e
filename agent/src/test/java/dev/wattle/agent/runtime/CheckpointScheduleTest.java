/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointScheduleTest {
    private static final long MILLI = 1_000_000;
    /** The clock of a JVM may pass the largest value at any time; no constant, whose overflow the compiler would refuse. */
    private static final long START = Long.parseLong("9223372036854775807") - 3_000 * MILLI;

    private final CheckpointSchedule schedule = new CheckpointSchedule(START);

    @Test
    void writesAtOnceThenOftenWhileTheRunIsShortAndEveryFiveSecondsAfterThat() {
        List<Long> millis = new ArrayList<>();
        for (long at = 0; at < 30_000; at += 100) {
            long now = START + at * MILLI;
            if (schedule.waitNanos(now) <= 0) {
                millis.add(at);
                schedule.written(now);
            }
        }

        assertThat(millis)
                .containsExactly(0L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 13_000L, 18_000L, 23_000L, 28_000L);
    }

    @Test
    void countsFromTheEndOfAWriteThatTookLong() {
        schedule.written(START + 60_000 * MILLI);

        assertThat(schedule.waitNanos(START + 60_000 * MILLI)).isEqualTo(5_000 * MILLI);
    }
}
