/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.report.DeviceReport.CheckReport;
import dev.wattle.core.report.DeviceReport.ShareReport;
import dev.wattle.core.sampling.DomainMeter;
import dev.wattle.core.sampling.DomainMeter.Loss;
import dev.wattle.core.sampling.Suspicion;
import dev.wattle.core.training.Framework;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report of a training run of ten minutes on a server with two boards, one of which is read through its power. */
final class Reports {
    static final long SECOND = 1_000_000_000L;
    static final CarbonSettings OWN_FIGURE = new CarbonSettings(CarbonIntensity.custom(52.5), 1.25, false);
    static final RunIdentity IDENTITY = new RunIdentity(
            "resnet-7",
            Optional.of("vision"),
            Map.of("team", "north"),
            "node-3",
            4711,
            "17.0.15",
            "0.1.0",
            Instant.parse("2026-03-01T12:00:00Z"));

    private static final Instant FIRST = Instant.parse("2026-03-01T12:00:00.300Z");
    private static final Instant LAST = Instant.parse("2026-03-01T12:10:00Z");

    private Reports() {}

    static EnergyDomain domain(Component component, String device, Quality quality) {
        return new EnergyDomain(
                component, device, "name of " + device, "", quality, Scope.MACHINE, "here", new Sensor.Counter(0));
    }

    static DeviceReport device(EnergyDomain domain, long microjoules, long microwatts) {
        return new DeviceReport(
                domain,
                microjoules,
                FIRST,
                LAST,
                microwatts,
                microwatts,
                599 * SECOND,
                0,
                0,
                0,
                0,
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static DeviceReport interrupted(EnergyDomain domain, long microjoules, long microwatts, long gaps) {
        return new DeviceReport(
                domain,
                microjoules,
                FIRST,
                LAST,
                microwatts,
                DomainMeter.UNKNOWN,
                540 * SECOND,
                gaps,
                60 * SECOND,
                microjoules / 10,
                3,
                1,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A device that is not believed any longer, whose energy another domain tells since. */
    static DeviceReport suspect(EnergyDomain domain, long coveredNanos, String reason) {
        return new DeviceReport(
                domain,
                0,
                FIRST,
                LAST,
                0,
                0,
                coveredNanos,
                0,
                0,
                0,
                0,
                0,
                true,
                Optional.of(new Suspicion(FIRST.plusSeconds(4), reason)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A device of which there is more to say. */
    static DeviceReport peculiar(
            EnergyDomain domain, Optional<Loss> loss, Optional<CheckReport> check, @Nullable ShareReport share) {
        return new DeviceReport(
                domain,
                7_000_000,
                FIRST,
                LAST,
                1,
                1,
                SECOND,
                0,
                0,
                0,
                0,
                0,
                false,
                Optional.empty(),
                loss,
                check,
                Optional.ofNullable(share));
    }

    static RunReport ofServer() {
        return of(
                List.of(
                        device(domain(Component.CPU, "package-0", Quality.COUNTER), 60_000_000_000L, 100_000_000),
                        device(domain(Component.GPU, "gpu-0", Quality.COUNTER), 180_500_000_000L, 300_833_333),
                        interrupted(
                                domain(Component.GPU, "gpu-1", Quality.INTEGRATED), 90_000_000_000L, 150_000_000, 2)),
                OWN_FIGURE);
    }

    static RunReport of(List<DeviceReport> devices, CarbonSettings carbon) {
        return of(devices, carbon, TrainingReport.NONE);
    }

    static RunReport of(List<DeviceReport> devices, CarbonSettings carbon, TrainingReport training) {
        return new RunReport(
                IDENTITY,
                carbon,
                600 * SECOND,
                devices,
                List.of(),
                List.of(),
                Map.of(Component.CPU, Map.of(Quality.COUNTER, 45_000_000_000L)),
                Map.of(Framework.DL4J, 12_345L),
                270_000_000,
                210_000_000,
                6_000,
                4,
                100_000_000,
                training);
    }
}
