/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeTest {

    @Test
    void sumsAndProductsKeepTheRange() {
        Range sum = new Range(2, 1, 4).plus(Range.exactly(3)).times(10);

        assertThat(sum).isEqualTo(new Range(50, 40, 70));
        assertThat(sum.isExact()).isFalse();
        assertThat(Range.exactly(3).times(2)).matches(Range::isExact);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 3", "4, 2, 3", "1, -1, 3", "1, 1, Infinity", "NaN, NaN, NaN"})
    void refusesWhatIsNoRange(double expected, double low, double high) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Range(expected, low, high));
    }
}
