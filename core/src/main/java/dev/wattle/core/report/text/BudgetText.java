/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.forecast.BudgetMonitor;
import dev.wattle.core.forecast.BudgetState;
import dev.wattle.core.forecast.Forecast;
import java.util.List;
import java.util.Locale;

/** A budget in words: how much of it is used and what follows from that. */
public final class BudgetText {

    /** Which trainings stop when they are asked to. */
    public static final String CAN_END =
            "early stopping of DL4J and EasyTrain.fit of DJL can, after an epoch; any other loop continues";

    private BudgetText() {}

    /**
     * A warning during the run.
     *
     * @param percent the threshold that was reached
     * @param forecasts of the run's trainings
     */
    public static String warning(int percent, BudgetState state, List<Forecast> forecasts, CarbonSettings carbon) {
        StringBuilder text = new StringBuilder(warning(percent, state));
        for (Forecast forecast : forecasts) {
            forecast.projection()
                    .ifPresent(projection -> text.append("; training ")
                            .append(forecast.training())
                            .append(" is projected at ")
                            .append(ProjectionText.of(
                                    projection,
                                    carbon,
                                    RunUnits.of((long) projection.microjoules().expected(), carbon))));
        }
        return text.toString();
    }

    private static String warning(int percent, BudgetState state) {
        if (percent >= 100) {
            return "the budget of " + state.budget().text() + " is used up (" + used(state) + ")"
                    + (state.stops() ? "; training is asked to stop" : "; budget-action=warn, so the run continues");
        }
        if (isPassed(percent, state)) {
            return percent + " % of the budget of " + state.budget().text() + " is used";
        }
        String remaining = remaining(state);
        return used(state) + " of the budget of " + state.budget().text() + " is used"
                + (remaining.isEmpty() ? "" : "; " + remaining);
    }

    /** What comes next: a stop, or the time until the budget is used up; empty where neither is known. */
    public static String remaining(BudgetState state) {
        if (state.isUsedUp()) {
            return state.stops() ? "used up; training is asked to stop" : "used up";
        }
        return state.nanosLeft() == BudgetState.UNKNOWN
                ? ""
                : "at the rate of the last minute the rest will be used in "
                        + QuantityFormat.duration(state.nanosLeft());
    }

    /** Whether a later threshold is reached too. Its own warning follows and has the exact figure. */
    private static boolean isPassed(int percent, BudgetState state) {
        for (int later : BudgetMonitor.thresholds()) {
            if (later > percent && 100 * state.usedRatio() >= later) {
                return true;
            }
        }
        return false;
    }

    /** The summary's sentence. */
    public static String summary(BudgetState state) {
        return used(state) + " of " + state.budget().text() + (state.isUsedUp() ? ", USED UP" + stopped(state) : "");
    }

    private static String stopped(BudgetState state) {
        if (!state.stops()) {
            return "";
        }
        String asked = ": training was asked to stop; ";
        return switch (state.stopped()) {
            case 0 -> asked + "no training stopped: " + CAN_END;
            case 1 -> asked + "1 training stopped";
            default -> asked + state.stopped() + " trainings stopped";
        };
    }

    private static String used(BudgetState state) {
        return String.format((Locale) null, "%.1f %%", 100 * state.usedRatio());
    }
}
