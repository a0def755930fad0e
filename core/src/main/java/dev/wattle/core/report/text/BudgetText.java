/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.forecast.BudgetMonitor;
import dev.wattle.core.forecast.BudgetState;
import dev.wattle.core.forecast.Forecast;
import java.util.List;
import java.util.Locale;

/** Says in words how much of a budget is used. */
public final class BudgetText {

    /** Which trainings end when they are asked to. */
    public static final String CAN_END =
            "early stopping of DL4J and EasyTrain.fit of DJL can, after an epoch; any other loop goes on";

    private BudgetText() {}

    /**
     * A warning while the run goes on.
     *
     * @param outlooks where the trainings are heading, as far as known
     */
    public static String warning(int percent, BudgetState state, List<Forecast> outlooks, CarbonSettings carbon) {
        StringBuilder text = new StringBuilder(warning(percent, state));
        for (Forecast outlook : outlooks) {
            outlook.projection()
                    .ifPresent(projection -> text.append("; training ")
                            .append(outlook.training())
                            .append(" is projected at ")
                            .append(ProjectionText.of(projection, carbon)));
        }
        return text.toString();
    }

    private static String warning(int percent, BudgetState state) {
        if (percent >= 100) {
            return "the budget of " + state.budget().text() + " is used up (" + used(state) + ")"
                    + (state.stops() ? "; training is asked to stop" : "; budget-action=warn, so the run goes on");
        }
        if (isPassed(percent, state)) {
            return percent + " % of the budget of " + state.budget().text() + " is used";
        }
        return used(state) + " of the budget of " + state.budget().text() + " is used"
                + (state.nanosLeft() == BudgetState.UNKNOWN
                        ? ""
                        : "; at the rate of the last minute the rest is gone in "
                                + QuantityFormat.duration(state.nanosLeft()));
    }

    /** Whether a further part is used by now, which is said next: two lines with one figure would tell nobody anything. */
    private static boolean isPassed(int percent, BudgetState state) {
        for (int further : BudgetMonitor.percents()) {
            if (further > percent && 100 * state.usedRatio() >= further) {
                return true;
            }
        }
        return false;
    }

    /** What the summary says. */
    static String summary(BudgetState state) {
        return used(state) + " of " + state.budget().text() + (state.isUsedUp() ? ", USED UP" + stopped(state) : "");
    }

    private static String stopped(BudgetState state) {
        if (!state.stops()) {
            return "";
        }
        String asked = ": training was asked to stop; ";
        return switch (state.stopped()) {
            case 0 -> asked + "none ended for it: " + CAN_END;
            case 1 -> asked + "1 training ended for it";
            default -> asked + state.stopped() + " trainings ended for it";
        };
    }

    private static String used(BudgetState state) {
        return String.format((Locale) null, "%.1f %%", 100 * state.usedRatio());
    }
}
