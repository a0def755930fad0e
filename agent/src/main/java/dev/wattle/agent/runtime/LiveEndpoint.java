/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.export.EndpointConfig;
import dev.wattle.agent.export.MetricsEndpoint;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.meters.BudgetMeters;
import dev.wattle.core.meters.EnergyMeters;
import dev.wattle.core.meters.RunMeters;
import dev.wattle.core.meters.TrainingMeters;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.training.BudgetWatch;
import dev.wattle.core.training.IterationCounts;
import dev.wattle.core.training.TrainingMeter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The endpoint and the meters it shows, which refer to their subjects weakly and are held here. Micrometer is loaded with
 * this class and not before: metering does not wait for it.
 */
final class LiveEndpoint implements AutoCloseable {
    private final MetricsEndpoint endpoint;
    private final List<MeterBinder> held;

    private LiveEndpoint(MetricsEndpoint endpoint, List<MeterBinder> held) {
        this.endpoint = endpoint;
        this.held = held;
    }

    /** What is shown of a run. */
    record Subject(
            RunIdentity identity,
            EnergyMeter meter,
            CarbonSettings carbon,
            TrainingMeter training,
            IterationCounts counts,
            Optional<BudgetWatch> budget,
            Supplier<String> json) {}

    /** Starts to serve; throws what kept it from that. */
    static LiveEndpoint start(
            EndpointConfig address, Subject run, SelectorProvider channels, MeterThreads threads, Consumer<String> log)
            throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        List<MeterBinder> held = new ArrayList<>();
        held.add(new EnergyMeters(run.meter(), run.carbon()));
        held.add(new RunMeters(run.identity(), run.meter(), threads));
        held.add(new TrainingMeters(run.meter(), run.training(), run.counts()));
        run.budget().ifPresent(watch -> held.add(new BudgetMeters(watch)));
        held.forEach(meters -> meters.bindTo(registry));
        MetricsEndpoint endpoint =
                MetricsEndpoint.start(address, run.identity().host(), channels, registry, run.json(), threads, log);
        return new LiveEndpoint(endpoint, held);
    }

    String url() {
        return endpoint.url();
    }

    @Override
    public void close() {
        endpoint.close();
        held.clear();
    }
}
