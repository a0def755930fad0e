/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.forecast.Budget;
import dev.wattle.core.forecast.BudgetState;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.snapshot.Reports;
import dev.wattle.core.snapshot.Trainings;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTextTest {
    private static final Budget BUDGET = Budget.parse("2kWh");

    @Test
    void saysHowMuchIsUsedAndHowLongTheRestLasts() {
        assertThat(warning(50, new BudgetState(BUDGET, false, 0.503, 5_400_000_000_000L)))
                .isEqualTo(
                        "50.3 % of the budget of 2kWh is used; at the rate of the last minute the rest will be used in"
                                + " 1 h 30 min 0 s");
        assertThat(warning(50, new BudgetState(BUDGET, false, 0.503, BudgetState.UNKNOWN)))
                .isEqualTo("50.3 % of the budget of 2kWh is used");
    }

    @Test
    void saysWhatFollowsWhenAllIsUsed() {
        assertThat(warning(100, new BudgetState(BUDGET, false, 1.002, 0)))
                .isEqualTo("the budget of 2kWh is used up (100.2 %); budget-action=warn, so the run continues");
        assertThat(warning(100, new BudgetState(BUDGET, true, 1.002, 0)))
                .isEqualTo("the budget of 2kWh is used up (100.2 %); training is asked to stop");
    }

    @Test
    void saysEachPartByItsOwnFigureWhereSeveralArePassedAtOnce() {
        BudgetState state = new BudgetState(BUDGET, true, 138.127, 0);

        assertThat(List.of(warning(50, state), warning(80, state), warning(100, state)))
                .containsExactly(
                        "50 % of the budget of 2kWh is used",
                        "80 % of the budget of 2kWh is used",
                        "the budget of 2kWh is used up (13812.7 %); training is asked to stop");
    }

    @Test
    void namesWhatATrainingIsProjectedAtWhereThatIsKnown() {
        List<Forecast> forecasts =
                Trainings.report(100, List.of(Trainings.epochs(1, 7))).forecasts();

        assertThat(BudgetText.warning(
                        80, new BudgetState(BUDGET, false, 0.8, BudgetState.UNKNOWN), forecasts, Reports.OWN_FIGURE))
                .contains("80.0 % of the budget of 2kWh is used; training 1 is projected at 13.59 kJ (");
    }

    private static String warning(int percent, BudgetState state) {
        return BudgetText.warning(percent, state, List.of(), Reports.OWN_FIGURE);
    }
}
