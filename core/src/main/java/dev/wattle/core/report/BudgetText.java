/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.training.BudgetState;
import dev.wattle.core.training.Outlook;
import java.util.List;
import java.util.Locale;

/** Says in words how much of a budget is used. */
public final class BudgetText {

    private BudgetText() {}

    /**
     * A warning while the run goes on.
     *
     * @param outlooks where the trainings are heading, as far as known
     */
    public static String warning(int percent, BudgetState state, List<Outlook> outlooks, CarbonSettings carbon) {
        StringBuilder text = new StringBuilder(warning(percent, state));
        for (Outlook outlook : outlooks) {
            outlook.projection()
                    .ifPresent(projection -> text.append("; training ")
                            .append(outlook.training())
                            .append(" is projected at ")
                            .append(ProjectionText.of(projection, carbon)));
        }
        return text.toString();
    }

    private static String warning(int percent, BudgetState state) {
        String begin = percent >= 100
                ? "the budget of " + state.budget().text() + " is used up (" + used(state) + ")"
                : used(state) + " of the budget of " + state.budget().text() + " is used";
        if (!state.isUsedUp()) {
            return begin
                    + (state.nanosLeft() == BudgetState.UNKNOWN
                            ? ""
                            : "; at the rate of the last minute the rest is gone in "
                                    + Quantity.duration(state.nanosLeft()));
        }
        return begin + (state.stops() ? "; training is asked to stop" : "; budget-action=warn, so the run goes on");
    }

    /** What the summary says. */
    static String summary(BudgetState state) {
        return used(state) + " of " + state.budget().text()
                + (state.isUsedUp() ? state.stops() ? ", USED UP: training was asked to stop" : ", USED UP" : "");
    }

    private static String used(BudgetState state) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * state.usedRatio());
    }
}
