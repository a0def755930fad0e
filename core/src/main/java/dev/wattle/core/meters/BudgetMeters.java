/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.forecast.Budget;
import dev.wattle.core.forecast.BudgetState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;

/**
 * Publishes how much of a run's budget is used.
 *
 * <p>Thread-safe. The meter holds the supplier until {@link #close()} removes it from its registry.
 */
public final class BudgetMeters implements MeterBinder, AutoCloseable {

    private final Supplier<BudgetState> states;
    private final RegisteredMeters meters = new RegisteredMeters();

    /**
     * Meters of one run's budget.
     *
     * @param states the state to show; called by any thread that reads the meters
     */
    public BudgetMeters(Supplier<BudgetState> states) {
        this.states = states;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Budget budget = states.get().budget();
        meters.add(
                registry,
                Gauge.builder("wattle.budget.used.ratio", () -> states.get().usedRatio())
                        .description("What part of the run's budget is used; above 1 when it is exceeded")
                        .tags("budget", budget.text(), "kind", budget.kind().tag())::register);
    }

    @Override
    public void close() {
        meters.close();
    }
}
