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
    void writesAtOnceThenOftenWhileTheRunIsShortAndEveryFourSecondsAfterThat() {
        List<Long> millis = new ArrayList<>();
        for (long at = 0; at < 30_000; at += 100) {
            long now = START + at * MILLI;
            if (schedule.waitNanos(now) <= 0) {
                millis.add(at);
                schedule.written(now);
            }
        }

        assertThat(millis)
                .containsExactly(
                        0L, 500L, 1_000L, 1_700L, 2_900L, 5_000L, 8_500L, 12_500L, 16_500L, 20_500L, 24_500L, 28_500L);
    }

    @Test
    void leavesAMachineThatIsLateRoomToKeepWhatIsPromised() {
        for (long ran = 1_500; ran < 30_000; ran += 100) {
            long now = START + ran * MILLI;
            schedule.written(now);

            double lost = schedule.waitNanos(now) / (double) MILLI;

            assertThat(lost).isLessThanOrEqualTo(0.8 * 1_000 * CheckpointSchedule.PROMISED_SECONDS);
            assertThat(lost / (ran + lost)).isLessThan(0.42);
        }
    }

    @Test
    void countsFromTheEndOfAWriteThatTookLong() {
        schedule.written(START + 60_000 * MILLI);

        assertThat(schedule.waitNanos(START + 60_000 * MILLI)).isEqualTo(4_000 * MILLI);
    }
}
