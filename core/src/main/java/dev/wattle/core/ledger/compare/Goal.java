/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.compare;

import dev.wattle.core.epoch.QualityMetric;
import java.util.regex.Pattern;

/**
 * A value of a metric that runs are to reach. Immutable.
 *
 * @param metric its name
 * @param value finite
 * @param higherIsBetter whether a higher value reaches it too
 */
public record Goal(String metric, double value, boolean higherIsBetter) {

    /** The texts that {@link #parse} takes, for messages. */
    public static final String ALLOWED =
            "METRIC=VALUE such as accuracy=0.97 or loss=0.1; for a metric whose name does not"
                    + " say which way is better, METRIC>=VALUE or METRIC<=VALUE";

    /** What an operator with too many signs leaves at the name. */
    private static final Pattern NO_NAME = Pattern.compile("[=<>]|[!~:]$");

    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    /**
     * Parses a goal. With {@code =} the name decides which way is better: a loss or an error goes down, an accuracy goes up.
     *
     * @throws IllegalArgumentException with a reason for a person
     */
    public static Goal parse(String text) {
        int equals = text.lastIndexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException("it is not " + ALLOWED);
        }
        char before = text.charAt(equals - 1);
        boolean stated = before == '>' || before == '<';
        String metric = text.substring(0, stated ? equals - 1 : equals).strip();
        double value = number(text.substring(equals + 1).strip());
        if (metric.isEmpty()) {
            throw new IllegalArgumentException("the name of the metric is missing; it is " + ALLOWED);
        }
        if (NO_NAME.matcher(metric).find()) {
            throw new IllegalArgumentException("'" + metric + "' is not the name of a metric; it is " + ALLOWED);
        }
        if (stated) {
            return new Goal(metric, value, before == '>');
        }
        if (!QualityMetric.judges(metric)) {
            throw new IllegalArgumentException("the name '" + metric + "' does not say whether higher is better: write "
                    + metric + ">=" + text.substring(equals + 1).strip() + " or " + metric + "<="
                    + text.substring(equals + 1).strip());
        }
        return new Goal(metric, value, QualityMetric.isHigherBetter(metric));
    }

    private static double number(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a number");
        }
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("'" + text + "' is not a finite number");
        }
        return value;
    }

    /** The goal as a comparison, such as {@code accuracy >= 0.97}. */
    public String text() {
        String number = value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
        return metric + (higherIsBetter ? " >= " : " <= ") + number;
    }
}
