/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.forecast.BudgetMonitor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Publishes how much of a run's budget is used. Whoever binds this keeps the watch: the meter holds it weakly. */
public final class BudgetMeters implements MeterBinder {

    private final BudgetMonitor watch;

    public BudgetMeters(BudgetMonitor watch) {
        this.watch = watch;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "wattle.budget.used.ratio",
                        watch,
                        source -> source.state().usedRatio())
                .description("What part of the run's budget is used; above 1 when it is exceeded")
                .tags(
                        "budget",
                        watch.state().budget().text(),
                        "kind",
                        watch.state().budget().kind().tag())
                .register(registry);
    }
}
