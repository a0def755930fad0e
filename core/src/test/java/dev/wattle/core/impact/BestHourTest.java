/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.IntensityHistory.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestHourTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-28T00:00:00Z");
    private static final long KWH = 3_600_000_000_000L;

    @Test
    void aShortRunWouldBeAtTheLowestHour() {
        BestHour best = BestHour.of(day(300, 100, 250, 90, 400), 2 * KWH, Duration.ofMinutes(10))
                .orElseThrow();
        assertThat(best.from()).isEqualTo(MIDNIGHT.plus(Duration.ofHours(3)));
        assertThat(best.gramsPerKwh()).isEqualTo(90);
        assertThat(best.gramsCo2e()).isCloseTo(2 * 1.5 * 90, within(1e-9));
    }

    @Test
    void saysWhatItWouldHaveSaved() {
        BestHour best = new BestHour(MIDNIGHT.plus(Duration.ofHours(3)), 50, 0.5);
        assertThat(best.sentence(2, grams -> grams + " g"))
                .isEqualTo(
                        "At the best time of that day, from 2026-11-28 03:00 UTC on, this run would be at 0.5 g: 75 % less.");
        assertThat(best.sentence(0.5, grams -> grams + " g"))
                .isEqualTo("No other time of that day would have been better.");
        assertThat(best.sentence(0, grams -> grams + " g"))
                .isEqualTo("No other time of that day would have been better.");
    }

    @Test
    void aLongerRunWouldBeWhereItsMeanIsLowest() {
        BestHour best = BestHour.of(day(300, 100, 105, 90, 400), KWH, Duration.ofMinutes(90))
                .orElseThrow();
        assertThat(best.from()).isEqualTo(MIDNIGHT.plus(Duration.ofHours(2)));
        assertThat(best.gramsPerKwh()).isCloseTo((105 * 60 + 90 * 30) / 90.0, within(1e-9));
    }

    @Test
    void aRunMustEndWithinTheDay() {
        assertThat(BestHour.of(day(100, 100, 100, 1), KWH, Duration.ofHours(2))
                        .orElseThrow()
                        .gramsPerKwh())
                .isCloseTo(50.5, within(1e-9));
        assertThat(BestHour.of(day(100, 100, 100, 1), KWH, Duration.ofHours(5))).isEmpty();
    }

    @Test
    void aDayThatIsNotKnownHasNone() {
        assertThat(BestHour.of(day(), KWH, Duration.ofHours(1))).isEmpty();
        assertThat(BestHour.of(day(100), KWH, Duration.ofHours(1))).isEmpty();
    }

    private static CarbonSettings day(double... gramsPerKwh) {
        List<Hour> day = new ArrayList<>();
        for (double grams : gramsPerKwh) {
            day.add(new Hour(MIDNIGHT.plus(Duration.ofHours(day.size())), grams));
        }
        return new CarbonSettings(CarbonIntensity.custom(500), 1.5, false).withDay(day);
    }
}
