/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class CarbonLawsTest {

    private static final long TEN_MWH = 36_000_000_000_000_000L;

    @Property
    void moreEnergyIsNeverLessCarbon(
            @ForAll @LongRange(max = TEN_MWH) long a,
            @ForAll @LongRange(max = TEN_MWH) long b,
            @ForAll @DoubleRange(max = 2000) double gramsPerKwh,
            @ForAll @DoubleRange(min = 1, max = 10) double pue) {
        CarbonSettings settings = new CarbonSettings(CarbonIntensity.custom(gramsPerKwh), pue, false);

        assertThat(settings.gramsCo2e(Math.max(a, b))).isGreaterThanOrEqualTo(settings.gramsCo2e(Math.min(a, b)));
    }

    @Property
    void theCarbonOfASumIsTheSumOfTheCarbon(
            @ForAll @LongRange(max = TEN_MWH) long a,
            @ForAll @LongRange(max = TEN_MWH) long b,
            @ForAll @DoubleRange(max = 2000) double gramsPerKwh,
            @ForAll @DoubleRange(min = 1, max = 10) double pue) {
        CarbonSettings settings = new CarbonSettings(CarbonIntensity.custom(gramsPerKwh), pue, false);
        double together = settings.gramsCo2e(a + b);

        assertThat(settings.gramsCo2e(a) + settings.gramsCo2e(b)).isCloseTo(together, within(together * 1e-12));
    }
}
