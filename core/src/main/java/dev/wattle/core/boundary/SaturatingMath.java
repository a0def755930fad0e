/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

/** Sums of counts that a program gives, which may be anything: they stop at the largest number and never turn negative. */
public final class SaturatingMath {

    private SaturatingMath() {}

    /** @param count added; nothing where it is negative, which is how an unknown one is told */
    public static long add(long sum, long count) {
        if (count <= 0) {
            return sum;
        }
        return sum > Long.MAX_VALUE - count ? Long.MAX_VALUE : sum + count;
    }
}
