/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.export.EndpointConfig;
import dev.wattle.agent.export.MetricsEndpoint;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.forecast.BudgetMonitor;
import dev.wattle.core.json.JsonText;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.report.json.LiveJson;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.spi.SelectorProvider;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint and the meters it shows. Micrometer takes a tenth of a second of processor time to load and to fill, so
 * that is left until somebody asks for the meters.
 */
final class LiveEndpoint implements AutoCloseable {
    private final MetricsEndpoint endpoint;

    private LiveEndpoint(MetricsEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What is shown of a run. */
    record Subject(
            RunIdentity identity,
            EnergyMeter meter,
            CarbonSettings carbon,
            FrameworkTable frameworks,
            Optional<BudgetMonitor> budget,
            MeterThreads threads,
            Supplier<RunWriter.Published> snapshots) {}

    /** Starts to serve; throws what kept it from that. */
    static LiveEndpoint start(EndpointConfig address, Subject run, SelectorProvider channels, Consumer<String> log)
            throws Exception {
        return new LiveEndpoint(MetricsEndpoint.start(
                address,
                run.identity().host(),
                channels,
                new Metrics(run)::write,
                () -> json(run.snapshots().get()),
                run.threads(),
                log));
    }

    private static String json(RunWriter.Published run) {
        return JsonText.of(LiveJson.of(run.run(), run.at()));
    }

    String url() {
        return endpoint.url();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    /** The registry, from the first time it is asked for. For the thread of the endpoint. */
    private static final class Metrics {
        private final Subject run;
        private @Nullable RunRegistry registry;

        Metrics(Subject run) {
            this.run = run;
        }

        void write(OutputStream out, String contentType) throws IOException {
            RunRegistry known = registry;
            if (known == null) {
                known = new RunRegistry(run);
                registry = known;
            }
            known.write(out, contentType);
        }
    }
}
