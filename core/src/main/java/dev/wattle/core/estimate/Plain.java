/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as a person wrote them: no needless zeros, no exponent, at most six digits unless whole. */
public final class Plain {

    private static final MathContext DIGITS = new MathContext(6);

    private Plain() {}

    /** A finite number. */
    public static String number(double value) {
        BigDecimal decimal = BigDecimal.valueOf(value);
        boolean whole = value == Math.rint(value);
        BigDecimal shown = whole ? decimal : decimal.round(DIGITS);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }

    /** A share as a percentage. */
    public static String percent(double share) {
        return BigDecimal.valueOf(100 * share)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }
}
