/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.snapshot;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.DomainMeter.Loss;
import dev.wattle.core.domain.Suspicion;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.snapshot.DeviceSnapshot.CheckReport;
import dev.wattle.core.snapshot.DeviceSnapshot.ShareReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report of a training run of ten minutes on a server with two boards, one of which is read through its power. */
public final class Reports {
    public static final long SECOND = 1_000_000_000L;
    public static final CarbonSettings OWN_FIGURE = new CarbonSettings(CarbonIntensity.custom(52.5), 1.25, false);
    public static final RunIdentity IDENTITY = new RunIdentity(
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

    public static EnergyDomain domain(Component component, String device, Quality quality) {
        return new EnergyDomain(
                component, device, "name of " + device, "", quality, Scope.MACHINE, "here", new Sensor.Counter(0));
    }

    public static DeviceSnapshot device(EnergyDomain domain, long microjoules, long microwatts) {
        return new DeviceSnapshot(
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

    public static DeviceSnapshot interrupted(EnergyDomain domain, long microjoules, long microwatts, long gaps) {
        return new DeviceSnapshot(
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
    static DeviceSnapshot suspect(EnergyDomain domain, long coveredNanos, String reason) {
        return new DeviceSnapshot(
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
    public static DeviceSnapshot peculiar(
            EnergyDomain domain, Optional<Loss> loss, Optional<CheckReport> check, @Nullable ShareReport share) {
        return new DeviceSnapshot(
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

    public static RunSnapshot ofServer() {
        return of(
                List.of(
                        device(domain(Component.CPU, "package-0", Quality.COUNTER), 60_000_000_000L, 100_000_000),
                        device(domain(Component.GPU, "gpu-0", Quality.COUNTER), 180_500_000_000L, 300_833_333),
                        interrupted(
                                domain(Component.GPU, "gpu-1", Quality.INTEGRATED), 90_000_000_000L, 150_000_000, 2)),
                OWN_FIGURE);
    }

    public static RunSnapshot of(List<DeviceSnapshot> devices, CarbonSettings carbon) {
        return of(devices, carbon, TrainingsSnapshot.NONE);
    }

    public static RunSnapshot of(List<DeviceSnapshot> devices, CarbonSettings carbon, TrainingsSnapshot training) {
        return new RunSnapshot(
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
                training,
                List.of());
    }
}
