/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The energy of one count of an event.
 *
 * <p>Each reading multiplies the whole count, so errors do not add up. The kernel's unit, 2^-32 J (rapl.c), is exact, and the
 * result is rounded down to a microjoule. Any other unit is rounded to 2^-63 µJ, and the largest count is then wrong by less
 * than two microjoules.
 *
 * @param fraction microjoules per count, in units of 2^-63: below a microjoule
 */
record CountUnit(long fraction) {
    private static final BigDecimal COARSEST_JOULES = new BigDecimal("1e-6");

    /** Of which the fraction keeps 23 bits. */
    private static final BigDecimal FINEST_JOULES = new BigDecimal("1e-18");

    /**
     * @param scale joules per count in decimals, as in the kernel's files
     * @throws IllegalArgumentException if that is no number, or not the unit of an energy counter
     */
    static CountUnit ofJoules(String scale) {
        BigDecimal joules = new BigDecimal(scale);
        if (joules.compareTo(FINEST_JOULES) < 0 || joules.compareTo(COARSEST_JOULES) >= 0) {
            throw new IllegalArgumentException("a count of " + scale + " J is not that of an energy counter");
        }
        return new CountUnit(joules.movePointRight(6)
                .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(63)))
                .setScale(0, RoundingMode.DOWN)
                .longValueExact());
    }

    /** The energy of a number of counts, 0 or more, in microjoules. */
    long microjoules(long count) {
        return (Math.multiplyHigh(count, fraction) << 1) | (count * fraction >>> 63);
    }
}
