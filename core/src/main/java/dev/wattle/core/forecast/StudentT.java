/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

/** Quantiles of Student's t distribution. */
final class StudentT {

    /** Two-sided 95 %, by degrees of freedom from 1: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2 (2012). */
    private static final double[] TABLE = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    /** The same quantile of the normal distribution. */
    private static final double Z = 1.959964;

    private StudentT() {}

    /**
     * The value that the distribution exceeds with a probability of 2.5 %.
     *
     * <p>After the end of the table by the expansion of Abramowitz and Stegun (1964), 26.7.5, whose error is less than 1e-4 there.
     *
     * @param degrees degrees of freedom, at least 1
     */
    static double twoSided95(int degrees) {
        if (degrees <= TABLE.length) {
            return TABLE[degrees - 1];
        }
        double cube = Z * Z * Z;
        double first = (cube + Z) / 4;
        double second = (5 * cube * Z * Z + 16 * cube + 3 * Z) / 96;
        return Z + first / degrees + second / ((double) degrees * degrees);
    }
}
