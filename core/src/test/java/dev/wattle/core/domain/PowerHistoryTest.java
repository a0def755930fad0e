/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PowerHistoryTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400;
    private static final long UNKNOWN = DomainMeter.UNKNOWN;

    private final PowerHistory history = new PowerHistory();

    @Test
    void hasEverySecondAtFirst() {
        for (int second = 1; second <= 3; second++) {
            record(second, Map.of("gpu-0", 100L * second));
        }

        assertThat(history.recent())
                .isEqualTo(new PowerHistory.Series(
                        List.of(1_000L, 2_000L, 3_000L), Map.of("gpu-0", List.of(100L, 200L, 300L))));
        assertThat(history.whole()).isEqualTo(history.recent());
        assertThat(history.latest()).containsExactly(Map.entry("gpu-0", 300L));
    }

    @Test
    void leavesUnknownWhatWasNotKnownAndNeverSaysZero() {
        record(1, Map.of("cpu", 50L));
        record(2, Map.of("cpu", 50L, "gpu-0", 200L));
        record(3, Map.of("gpu-0", 200L));

        assertThat(history.recent().microwatts())
                .containsEntry("cpu", List.of(50L, 50L, UNKNOWN))
                .containsEntry("gpu-0", List.of(UNKNOWN, 200L, 200L));
        assertThat(history.latest()).doesNotContainKey("cpu");
    }

    @Test
    void startsWithTheFirstPowerThatIsKnown() {
        record(1, Map.of());
        record(2, Map.of("cpu", 50L));

        assertThat(history.whole().epochMillis()).containsExactly(2_000L);
    }

    @Test
    void showsATimeInWhichNothingWasRecordedAsUnknown() {
        record(1, Map.of("cpu", 50L));
        record(101, Map.of("cpu", 70L));

        assertThat(history.recent())
                .isEqualTo(new PowerHistory.Series(
                        List.of(1_000L, 51_000L, 101_000L), Map.of("cpu", List.of(50L, UNKNOWN, 70L))));
    }

    @Test
    void staysBoundedInADayAndKeepsItsMean() {
        long sum = 0;
        for (int second = 1; second <= DAY; second++) {
            long power = 100_000_000L + 1_000_000L * (second % 10);
            sum += power;
            record(second, Map.of("gpu-0", power));
        }

        PowerHistory.Series whole = history.whole();
        assertThat(whole.epochMillis()).hasSizeBetween(PowerHistory.MAX_POINTS / 2, PowerHistory.MAX_POINTS);
        assertThat(whole.epochMillis()).isSorted().endsWith(DAY * 1_000);
        assertThat(energy(whole)).isBetween(sum * 0.9999, sum * 1.0001);
        PowerHistory.Series recent = history.recent();
        assertThat(recent.epochMillis()).hasSize(PowerHistory.MAX_POINTS).startsWith((DAY - 599) * 1_000);
    }

    @Test
    void aPointOfSeveralSecondsHasTheMeanOfThoseThatAreKnown() {
        for (int second = 1; second <= PowerHistory.MAX_POINTS + 1; second++) {
            record(second, second % 2 == 0 ? Map.of("cpu", 10L) : Map.of("cpu", 30L, "gpu-0", 7L));
        }

        assertThat(history.whole().epochMillis()).hasSize(PowerHistory.MAX_POINTS / 2 + 1);
        assertThat(history.whole().microwatts().get("cpu")).startsWith(20L, 20L).endsWith(30L);
        assertThat(history.whole().microwatts().get("gpu-0")).startsWith(7L, 7L);
    }

    @Test
    void boundsItsDevices() {
        for (int device = 0; device < 100; device++) {
            record(device + 1, Map.of("gpu-" + device, 1L));
        }

        assertThat(history.recent().microwatts()).hasSize(PowerHistory.MAX_DEVICES);
    }

    private static double energy(PowerHistory.Series series) {
        List<Long> powers = Objects.requireNonNull(series.microwatts().get("gpu-0"));
        double sum = powers.get(0) * (series.epochMillis().get(0) / 1e3);
        for (int i = 1; i < powers.size(); i++) {
            sum += powers.get(i)
                    * ((series.epochMillis().get(i) - series.epochMillis().get(i - 1)) / 1e3);
        }
        return sum;
    }

    private void record(long second, Map<String, Long> microwatts) {
        history.record(second * 1_000, second * SECOND, microwatts);
    }
}
