/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.core.report.json.RunJson;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A journal's summary says which stretch of time a device's energy is of. */
class ReadingTimesTest {
    private static final Instant BEGAN = Instant.parse("2026-11-22T08:00:00.120000Z");
    private static final Instant ENDED = Instant.parse("2026-11-22T08:01:07Z");

    @Test
    void areGivenToTheMicrosecondEvenWhereTheyAreRound() {
        JsonObject summary = RunJson.summary(report(), ENDED);

        JsonObject device = summary.getAsJsonArray("devices").asList().get(0).getAsJsonObject();
        assertThat(device.get("first_reading").getAsString()).isEqualTo("2026-11-22T08:00:00.120000Z");
        assertThat(device.get("last_reading").getAsString()).isEqualTo("2026-11-22T08:01:07.000000Z");
    }

    private static RunSnapshot report() {
        EnergyDomain memory = new EnergyDomain(
                Component.DRAM,
                "dram-0",
                "dram",
                "",
                Quality.COUNTER,
                Scope.MACHINE,
                "/sys/class/powercap/intel-rapl:0:2",
                new Sensor.Counter(65_712_999_613L));
        DeviceSnapshot device = new DeviceSnapshot(
                memory,
                401_280_000,
                BEGAN,
                ENDED,
                6_000_000,
                6_200_000,
                66_880_000_000L,
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
        RunIdentity run =
                new RunIdentity("night", Optional.empty(), Map.of(), "node7", 4711, "17.0.15", "0.1.0", BEGAN);
        return new RunSnapshot(
                run,
                CarbonSettings.worldDefault(),
                67_000_000_000L,
                List.of(device),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                12_000_000,
                9_000_000,
                670,
                0,
                100_000_000,
                TrainingsSnapshot.NONE,
                List.of());
    }
}
