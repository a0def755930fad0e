/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

/** Sums of counts that a program reports, which may have any value: they stop at the largest number and never overflow. */
public final class SaturatingMath {

    private SaturatingMath() {}

    /** @param count is added; a negative one, which stands for unknown, adds nothing */
    public static long add(long sum, long count) {
        if (count <= 0) {
            return sum;
        }
        return sum > Long.MAX_VALUE - count ? Long.MAX_VALUE : sum + count;
    }
}
