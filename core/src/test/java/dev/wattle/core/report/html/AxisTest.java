/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void labelsRoundValues() {
        assertThat(Axis.fromZero(368.6, 6).labels()).containsExactly("0", "100", "200", "300", "400");
        assertThat(Axis.linear(0.38, 0.981, 5).labels()).containsExactly("0.2", "0.4", "0.6", "0.8", "1.0");
    }

    @Test
    void isLogarithmicWhereOneValueIsFarAboveAnother() {
        Axis axis = Axis.of(0.004, 2.3, 5);

        assertThat(axis.logarithmic()).isTrue();
        assertThat(axis.labels()).containsExactly("0.001", "0.01", "0.1", "1", "10");
        assertThat(Axis.of(0, 2.3, 5).logarithmic()).isFalse();
    }

    @Test
    void hasRoomAroundASingleValue() {
        Axis axis = Axis.of(0.5, 0.5, 5);

        assertThat(axis.low()).isLessThan(0.5);
        assertThat(axis.high()).isGreaterThan(0.5);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void placesEveryFiniteValueInside(@ForAll double a, @ForAll double b) {
        Axis axis = Axis.of(Math.min(a, b), Math.max(a, b), 5);

        assertThat(axis.position(a)).isBetween(0.0, 1.0);
        assertThat(axis.position(b)).isBetween(0.0, 1.0);
        assertThat(axis.ticks()).hasSizeBetween(1, 12);
        assertThat(axis.labels()).hasSameSizeAs(axis.ticks());
    }
}
