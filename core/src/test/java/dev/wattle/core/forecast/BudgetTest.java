/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.forecast.Budget.Kind;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
    private static final CarbonSettings CARBON = new CarbonSettings(CarbonIntensity.custom(500), 1.2, false);
    private static final long SECOND = 1_000_000_000L;

    private final List<Tuple> reached = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "2kWh, ENERGY, 7.2e12",
        "2 KWH, ENERGY, 7.2e12",
        "500Wh, ENERGY, 1.8e12",
        "0.5MWh, ENERGY, 1.8e15",
        "3.6MJ, ENERGY, 3.6e12",
        "3.6mj, ENERGY, 3.6e12",
        "10J, ENERGY, 1e7",
        "7kJ, ENERGY, 7e9",
        "1GJ, ENERGY, 1e15",
        "500gCO2e, CO2E, 500",
        "2KgCo2E, CO2E, 2000",
        "0.25tCO2e, CO2E, 250000",
        "1h, TIME, 3.6e12",
        "90min, TIME, 5.4e12",
        "30s, TIME, 3e10",
        "1.5d, TIME, 1.296e14"
    })
    void readsEnergiesCo2eAndTimes(String text, Kind kind, double amount) {
        Budget budget = Budget.parse(text);

        assertThat(budget.kind()).isEqualTo(kind);
        assertThat(budget.amount()).isCloseTo(amount, within(amount * 1e-12));
        assertThat(budget.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "2", "kWh", "-2kWh", "2kW", "2kg", "1e3J", "0kWh", "0.0s", "2kWh 1h", "2,5kWh", "1h30min", "mJ"
            })
    void rejectsOtherTexts(String text) {
        assertThatThrownBy(() -> Budget.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".{10,}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5mJ", "5mWh"})
    void rejectsAThousandthThatCouldBeReadAsAMillion(String text) {
        assertThatThrownBy(() -> Budget.parse(text)).hasMessageContaining("thousandth");
    }

    @Test
    void reachesEachThresholdOnceWithTheTimeLeft() {
        BudgetMonitor monitor = monitor("100J", false);

        for (int second = 0; second <= 120; second++) {
            monitor.update(second * 1_000_000L, second * SECOND);
        }

        assertThat(reached)
                .containsExactly(tuple(50, 0.5, 50 * SECOND), tuple(80, 0.8, 20 * SECOND), tuple(100, 1.0, 0L));
        assertThat(monitor.state().usedRatio()).isEqualTo(1.2);
        assertThat(monitor.isStopRequested()).isFalse();
    }

    @Test
    void reachesAllThresholdsInOneUpdate() {
        monitor("100J", false).update(500_000_000L, SECOND);

        assertThat(reached).extracting(part -> part.toList().get(0)).containsExactly(50, 80, 100);
    }

    @Test
    void usesTheRateOfTheLastMinute() {
        BudgetMonitor monitor = monitor("1kJ", false);
        for (int second = 0; second <= 300; second++) {
            monitor.update(second <= 200 ? 0 : (second - 200) * 2_000_000L, second * SECOND);
        }

        assertThat(monitor.state().usedRatio()).isEqualTo(0.2);
        assertThat(monitor.state().nanosLeft()).isEqualTo(400 * SECOND);
    }

    @Test
    void timeLeftIsUnknownWhereNothingIsUsed() {
        BudgetMonitor monitor = monitor("1kJ", false);
        assertThat(monitor.state().nanosLeft()).isEqualTo(BudgetState.UNKNOWN);
        monitor.update(0, 0);
        monitor.update(0, SECOND);

        assertThat(monitor.state().nanosLeft()).isEqualTo(BudgetState.UNKNOWN);
    }

    @Test
    void requestsAStopWhereTheBudgetIsUsedUpAndThatIsConfigured() {
        BudgetMonitor monitor = monitor("1h", true);

        monitor.update(0, 3_599 * SECOND);
        assertThat(monitor.isStopRequested()).isFalse();
        monitor.update(0, 3_600 * SECOND);
        assertThat(monitor.isStopRequested()).isTrue();
    }

    @Test
    void countsCo2eWithIntensityAndOverhead() {
        BudgetMonitor monitor = monitor("600gCO2e", false);

        monitor.update(3_600_000_000_000L, SECOND);

        assertThat(monitor.state().usedRatio()).isCloseTo(1, within(1e-12));
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void reachesThresholdsOnceAndInOrder(
            @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 40_000_000) Long> steps) {
        reached.clear();
        BudgetMonitor monitor = monitor("100J", false);
        long used = 0;
        for (int i = 0; i < steps.size(); i++) {
            used += steps.get(i);
            monitor.update(used, i * SECOND);
        }

        long all = used;
        assertThat(reached)
                .extracting(part -> (Integer) part.toList().get(0))
                .containsExactlyElementsOf(List.of(50, 80, 100).stream()
                        .filter(percent -> all >= percent * 1_000_000L)
                        .toList());
    }

    private BudgetMonitor monitor(String budget, boolean stops) {
        BudgetMonitor monitor = new BudgetMonitor(Budget.parse(budget), stops, CARBON);
        monitor.addListener((percent, state) -> reached.add(tuple(percent, state.usedRatio(), state.nanosLeft())));
        return monitor;
    }
}
