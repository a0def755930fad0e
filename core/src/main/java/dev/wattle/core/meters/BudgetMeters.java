/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.forecast.Budget;
import dev.wattle.core.forecast.BudgetMonitor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes how much of a run's budget is used.
 *
 * <p>Thread-safe. The meter holds the monitor weakly; {@link #close()} removes it from its registry.
 */
public final class BudgetMeters implements MeterBinder, AutoCloseable {

    private final BudgetMonitor monitor;
    private final RegisteredMeters meters = new RegisteredMeters();

    /** Meters of one run's budget. */
    public BudgetMeters(BudgetMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Budget budget = monitor.state().budget();
        meters.add(
                registry,
                Gauge.builder("wattle.budget.used.ratio", monitor, BudgetMeters::usedRatio)
                        .description("What part of the run's budget is used; above 1 when it is exceeded")
                        .tags("budget", budget.text(), "kind", budget.kind().tag())::register);
    }

    @Override
    public void close() {
        meters.close();
    }

    private static double usedRatio(BudgetMonitor monitor) {
        return monitor.state().usedRatio();
    }
}
