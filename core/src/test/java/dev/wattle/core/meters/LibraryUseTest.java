/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.time.SamplingClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The meter inside a program that has a registry of its own, without the agent. */
class LibraryUseTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final CarbonSettings CARBON = new CarbonSettings(CarbonIntensity.custom(500), 1.2, false);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void publishesTheEnergyOfEachDeviceThatAnswers() {
        try (EnergyMeter meter = start(new TwoReadings(1_800_000_000L))) {
            new EnergyMeters(meter, CARBON, Tags.of("team", "vision")).bindTo(registry);
            meter.close();

            Tags board = Tags.of("team", "vision", "component", "gpu", "device", "gpu-0", "quality", "counter");
            assertThat(registry.get("wattle.energy")
                            .tags(board)
                            .functionCounter()
                            .count())
                    .isEqualTo(1_800);
            assertThat(registry.get("wattle.energy.kwh")
                            .tags(board)
                            .functionCounter()
                            .count())
                    .isCloseTo(0.000_5, within(1e-12));
            assertThat(registry.get("wattle.co2e").tags(board).functionCounter().count())
                    .isCloseTo(0.3, within(1e-9));
        }
    }

    @Test
    void publishesNothingOfADeviceThatNeverAnswers() {
        try (EnergyMeter meter = start(new TwoReadings(1_800_000_000L))) {
            new EnergyMeters(meter, CARBON).bindTo(registry);
            meter.close();

            assertThat(registry.find("wattle.energy").tag("device", "gpu-1").meter())
                    .isNull();
            assertThat(registry.find("wattle.power").tag("device", "gpu-1").meter())
                    .isNull();
        }
    }

    /** Reads at once, and then only when it is closed. */
    private static EnergyMeter start(EnergyProbe probe) {
        return EnergyMeter.start(
                List.of(probe), HOUR_NANOS, Optional.empty(), new MeterThreads(), SamplingClock.system(), line -> {});
    }

    /** Two boards, of which one gains energy between its two readings and the other fails. */
    private static final class TwoReadings implements EnergyProbe {
        private final long gainMicrojoules;
        private long microjoules = 81_264_907_000L;

        TwoReadings(long gainMicrojoules) {
            this.gainMicrojoules = gainMicrojoules;
        }

        @Override
        public String name() {
            return "boards";
        }

        @Override
        public List<EnergyDomain> domains() {
            return List.of(board(0), board(1));
        }

        @Override
        public void read(Readings into) {
            long now = into.nanoTime();
            into.counter(0, now, now, microjoules);
            into.failed(1);
            microjoules += gainMicrojoules;
        }

        @Override
        public void close() {}

        private static EnergyDomain board(int index) {
            return new EnergyDomain(
                    Component.GPU,
                    "gpu-" + index,
                    "NVIDIA H100 80GB HBM3",
                    "",
                    Quality.COUNTER,
                    Scope.MACHINE,
                    "nvml:" + index,
                    new Sensor.Counter(0));
        }
    }
}
