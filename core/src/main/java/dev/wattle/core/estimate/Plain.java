/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as a person wrote them: no needless zeros, no exponent, at most six digits unless whole. */
public final class Plain {

    private static final MathContext DIGITS = new MathContext(6);

    private static final double JOULES_PER_KWH = 3.6e6;

    private Plain() {}

    /** A finite number. */
    public static String number(double value) {
        BigDecimal decimal = BigDecimal.valueOf(value);
        boolean whole = value == Math.rint(value);
        BigDecimal shown = whole ? decimal : decimal.round(DIGITS);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }

    /** An energy with a unit that suits it: J below a watt-hour, then Wh, kWh and MWh. */
    public static String energy(double kwh) {
        if (kwh < 1e-3) {
            return rounded(kwh * JOULES_PER_KWH) + " J";
        }
        if (kwh < 1) {
            return rounded(kwh * 1e3) + " Wh";
        }
        return kwh < 1e3 ? rounded(kwh) + " kWh" : rounded(kwh / 1e3) + " MWh";
    }

    private static String rounded(double value) {
        return number(BigDecimal.valueOf(value).round(new MathContext(4)).doubleValue());
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
