/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.GridZones;
import dev.wattle.core.carbon.IntensityHistory;
import dev.wattle.core.domain.DomainMeter;
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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EnergyMetersTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final CarbonSettings CARBON = new CarbonSettings(CarbonIntensity.custom(500), 1.2, false);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void publishesNoPowerBeforeItIsKnown() {
        EnergyMeter meter = start(new OneReading());
        new EnergyMeters(meter, CARBON).bindTo(registry);
        meter.close();

        assertThat(registry.get("wattle.power").gauge().value()).isNaN();
        assertThat(registry.get("wattle.energy").functionCounter().count()).isZero();
    }

    @Test
    void hasNoMeterOfADeviceThatIsNeverRead() {
        EnergyMeter meter = start(new FailingBoard());
        new EnergyMeters(meter, CARBON).bindTo(registry);
        meter.close();

        assertThat(registry.getMeters())
                .extracting(bound -> bound.getId().getName())
                .containsExactlyInAnyOrder("wattle.carbon.intensity", "wattle.pue");
    }

    @Test
    void publishesTheCarbonIntensityAndThePue() {
        try (EnergyMeter meter = start(new FailingBoard())) {
            new EnergyMeters(meter, CARBON).bindTo(registry);

            assertThat(registry.get("wattle.carbon.intensity")
                            .tags("zone", "custom", "source", "user", "year", "")
                            .gauge()
                            .value())
                    .isEqualTo(500);
            assertThat(registry.get("wattle.pue").gauge().value()).isEqualTo(1.2);
        }
    }

    @Test
    void theIntensityHasTheLabelsOfItsSourceOfNow() {
        CarbonSettings live = CARBON.with(
                new IntensityHistory.Step(Instant.EPOCH, GridZones.bundled().world(), true, false, 0), false, Map.of());
        AtomicReference<CarbonSettings> now = new AtomicReference<>(CARBON);
        try (EnergyMeter meter = start(new FailingBoard())) {
            EnergyMeters meters = new EnergyMeters(meter, now::get, DomainMeter::microjoules, List.of());
            meters.bindTo(registry);
            now.set(live);
            meters.refresh();
            meters.refresh();

            assertThat(registry.find("wattle.carbon.intensity").gauges())
                    .singleElement()
                    .satisfies(gauge -> {
                        assertThat(gauge.getId().getTag("zone")).isEqualTo("WORLD");
                        assertThat(gauge.value()).isEqualTo(live.intensity().gramsPerKwh());
                    });
        }
    }

    @Test
    void removesItsMetersWhenItIsClosed() {
        try (EnergyMeter meter = start(new OneReading())) {
            EnergyMeters meters = new EnergyMeters(meter, CARBON);
            meters.bindTo(registry);
            registry.counter("host.requests");
            meters.close();

            assertThat(registry.getMeters())
                    .extracting(bound -> bound.getId().getName())
                    .containsExactly("host.requests");
        }
    }

    @Test
    void registersNoMeterOfADeviceThatJoinsAfterItWasClosed() {
        try (EnergyMeter meter = start(new FailingBoard())) {
            EnergyMeters meters = new EnergyMeters(meter, CARBON);
            meters.bindTo(registry);
            meters.close();
            meter.join(new OneReading());
        }

        assertThat(registry.getMeters()).isEmpty();
    }

    private static EnergyMeter start(EnergyProbe probe) {
        return EnergyMeter.start(
                List.of(probe), HOUR_NANOS, Optional.empty(), new MeterThreads(), SamplingClock.system(), line -> {});
    }

    /** A package that answers the first time only. */
    private static final class OneReading implements EnergyProbe {
        private boolean answered;

        @Override
        public String name() {
            return "powercap";
        }

        @Override
        public List<EnergyDomain> domains() {
            return List.of(new EnergyDomain(
                    Component.CPU,
                    "package-0",
                    "Intel Xeon Platinum 8358",
                    "",
                    Quality.COUNTER,
                    Scope.MACHINE,
                    "/sys/class/powercap/intel-rapl:0",
                    new Sensor.Counter(262_143_328_850L)));
        }

        @Override
        public void read(Readings into) {
            long now = into.nanoTime();
            if (answered) {
                into.failed(0);
            } else {
                into.counter(0, now, now, 5_000_000);
            }
            answered = true;
        }

        @Override
        public void close() {}
    }
}
