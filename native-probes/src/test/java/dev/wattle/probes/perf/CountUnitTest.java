/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wattle.probes.PerfTree;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountUnitTest {
    private static final CountUnit KERNELS = CountUnit.ofJoules(PerfTree.RAPL_SCALE);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4294, 0",
        "4295, 1",
        "4294967296, 1000000",
        // A kilowatt for 68 years, the most that 63 bits hold.
        "9223372036854775807, 2147483647999999"
    })
    void theKernelsCountIsTwoToTheThirtyTwoAJoule(long count, long microjoules) {
        assertThat(KERNELS.microjoules(count)).isEqualTo(microjoules);
    }

    @Property
    void theKernelsUnitIsExactDownToAMicrojouleAtAnyCount(@ForAll @LongRange(min = 0) long count) {
        BigInteger exact = BigInteger.valueOf(count)
                .multiply(BigInteger.valueOf(1_000_000))
                .shiftRight(32);

        assertThat(KERNELS.microjoules(count)).isEqualTo(exact.longValueExact());
    }

    @Property
    void anyOtherUnitIsOffByLessThanTwoMicrojoules(
            @ForAll @LongRange(min = 0) long count, @ForAll @IntRange(min = 1, max = 999) int nanojoules) {
        BigDecimal exact = new BigDecimal(count).multiply(new BigDecimal(nanojoules).movePointLeft(3));

        BigDecimal error = exact.subtract(
                new BigDecimal(CountUnit.ofJoules(nanojoules + "e-9").microjoules(count)));

        assertThat(error).isBetween(BigDecimal.ZERO, new BigDecimal(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "joule", "0", "-1e-9", "1e-6", "1", "1e-19", "1e-999999999", "1e999999999", "0x10"})
    void whatIsNoUnitOfEnergyIsRefused(String scale) {
        assertThatIllegalArgumentException().isThrownBy(() -> CountUnit.ofJoules(scale));
    }
}
