/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.forecast.Budget;
import dev.wattle.core.forecast.BudgetMonitor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class BudgetMetersTest {

    @Test
    void publishesThePartThatIsUsed() {
        BudgetMonitor watch = new BudgetMonitor(Budget.parse("2kWh"), false, CarbonSettings.worldDefault());
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new BudgetMeters(watch::state).bindTo(registry);
        Gauge gauge = registry.get("wattle.budget.used.ratio")
                .tags("budget", "2kWh", "kind", "energy")
                .gauge();
        assertThat(gauge.value()).isZero();

        watch.update(9_000_000_000_000L, 1);

        assertThat(gauge.value()).isEqualTo(1.25);
    }
}
