/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.runtime.LiveEndpoint.Subject;
import dev.wattle.core.meters.BudgetMeters;
import dev.wattle.core.meters.EnergyMeters;
import dev.wattle.core.meters.RunMeters;
import dev.wattle.core.meters.TrainingMeters;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The meters of a run. They refer to their subjects weakly, which are held here. Thread-safe. */
final class RunRegistry {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<MeterBinder> held = new ArrayList<>();
    private final ScrapedRun scraped;

    RunRegistry(Subject run) {
        scraped = new ScrapedRun(run.snapshots());
        held.add(new EnergyMeters(run.meter(), run.carbon(), scraped::microjoules, Tags.empty()));
        held.add(new RunMeters(run.identity(), run.meter(), run.threads()));
        held.add(new TrainingMeters(run.meter(), scraped::trainings, run.frameworks()));
        run.budget().ifPresent(watch -> held.add(new BudgetMeters(watch)));
        held.forEach(meters -> meters.bindTo(registry));
    }

    void write(OutputStream out, String contentType) throws IOException {
        scraped.renew();
        registry.scrape(out, contentType);
    }
}
