/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ValueRangeTest {

    @Test
    void oneValueFarFromAllOthersDoesNotSetTheScale() {
        assertThat(ValueRange.of(List.of(1e6, 0.5, 0.4, 0.35, 0.3, 0.2))).isEqualTo(new ValueRange(0.2, 0.5));
        assertThat(ValueRange.of(List.of(0.5, 0.4, -1e6, 0.35, 0.3, 0.2))).isEqualTo(new ValueRange(0.2, 0.5));
        assertThat(ValueRange.of(List.of(0.5, 0.4, -1e6, 0.35, 1e9, 0.2))).isEqualTo(new ValueRange(0.2, 0.5));
    }

    @Test
    void aFewOfManyDoNotEither() {
        List<Double> values = new ArrayList<>(List.of(3e6, 2e6, 2.5e6));
        for (int i = 0; i < 60; i++) {
            values.add((100 - i) / 100.0);
        }

        assertThat(ValueRange.of(values)).isEqualTo(new ValueRange(0.41, 1));
    }

    @Test
    void aCurveThatFallsSteeplyIsShownWhole() {
        List<Double> losses = List.of(0.8766, 0.1813, 0.1151, 0.0827, 0.0610, 0.0471, 0.0386, 0.0304, 0.0107);
        assertThat(ValueRange.of(losses)).isEqualTo(new ValueRange(0.0107, 0.8766));

        List<Double> falling = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            falling.add(1.5 * Math.exp(-i / 3.0));
        }
        assertThat(ValueRange.of(falling).high()).isEqualTo(1.5);
    }

    @Test
    void whereAllOthersAreAlikeTheOneThatIsNotIsShown() {
        assertThat(ValueRange.of(List.of(1.0, 0.0, 0.0, 0.0, 0.0))).isEqualTo(new ValueRange(0, 1));
        assertThat(ValueRange.of(List.of(2.0))).isEqualTo(new ValueRange(2, 2));
    }

    @Property
    void atMostATwentiethOrOneIsBeyondAtEitherEnd(
            @ForAll @Size(min = 1, max = 80) List<@DoubleRange(min = -1e12, max = 1e12) Double> values) {
        ValueRange range = ValueRange.of(values);

        int maximum = Math.max(1, values.size() / 20);
        assertThat(range.low()).isLessThanOrEqualTo(range.high());
        assertThat(values.stream().filter(value -> value > range.high())).hasSizeLessThanOrEqualTo(maximum);
        assertThat(values.stream().filter(value -> value < range.low())).hasSizeLessThanOrEqualTo(maximum);
    }
}
