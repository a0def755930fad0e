/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.export.EndpointConfig;
import dev.wattle.agent.export.MetricsEndpoint;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.json.JsonText;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.report.json.LiveJson;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.spi.SelectorProvider;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP endpoint of a run. Micrometer takes a tenth of a second of processor time to load and fill, so its registry is
 * made for the first scrape.
 */
final class LiveEndpoint implements AutoCloseable {
    private final MetricsEndpoint endpoint;

    private LiveEndpoint(MetricsEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** The run that is shown. */
    record Run(
            RunIdentity identity,
            EnergyMeter meter,
            FrameworkTable frameworks,
            MeterThreads threads,
            Supplier<RunWriter.Published> snapshots) {}

    /** Starts to serve; throws where it cannot. */
    static LiveEndpoint start(EndpointConfig address, Run run, SelectorProvider channels, Consumer<String> log)
            throws Exception {
        return new LiveEndpoint(MetricsEndpoint.start(
                address,
                run.identity().host(),
                channels,
                new LazyRegistry(run)::write,
                () -> json(run.snapshots().get()),
                run.threads(),
                log));
    }

    private static String json(RunWriter.Published published) {
        return JsonText.of(LiveJson.of(published.run(), published.at(), published.power(), published.ended()));
    }

    String url() {
        return endpoint.url();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    /** The registry, made when it is first needed. For the thread of the endpoint. */
    private static final class LazyRegistry {
        private final Run run;
        private @Nullable RunMeterRegistry registry;

        LazyRegistry(Run run) {
            this.run = run;
        }

        void write(OutputStream out, String contentType) throws IOException {
            RunMeterRegistry known = registry;
            if (known == null) {
                known = new RunMeterRegistry(run);
                registry = known;
            }
            known.write(out, contentType);
        }
    }
}
