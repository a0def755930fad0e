/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.time.SamplingClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunMetersTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MeterThreads threads = new MeterThreads();
    private final EnergyMeter meter = EnergyMeter.start(
            List.of(new FailingBoard()), HOUR_NANOS, Optional.empty(), threads, SamplingClock.system(), line -> {});
    private final RunMeters meters = new RunMeters(
            new RunIdentity("resnet-7", Optional.empty(), Map.of(), "node-3", 4711, "17.0.15", "0.1.0", Instant.EPOCH),
            meter,
            threads);

    @AfterEach
    void close() {
        meter.close();
    }

    @Test
    void publishesTheIdentityOfTheRun() {
        meters.bindTo(registry);

        assertThat(registry.get("wattle.run.info")
                        .tags("run", "resnet-7", "project", "", "host", "node-3", "version", "0.1.0")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void publishesTheCostOfTheMeterAndItsMissedReadings() {
        meter.close();
        meters.bindTo(registry);

        assertThat(registry.get("wattle.agent.ticks").functionCounter().count()).isEqualTo((double) meter.ticks());
        assertThat(registry.get("wattle.agent.ticks.missed").functionCounter().count())
                .isZero();
        assertThat(registry.get("wattle.agent.interval").gauge().value()).isEqualTo(3_600);
        assertThat(registry.get("wattle.agent.read.errors")
                        .tag("probe", "boards")
                        .functionCounter()
                        .count())
                .isPositive();
    }
}
