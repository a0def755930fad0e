/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.Sensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlausiblePowerTest {

    private static final long WATT = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        "GPU, 700, 2100",
        "GPU, 3600, 10800",
        "GPU, 70, 500",
        "CPU, 15, 500",
        "CPU, 350, 1050",
        "DRAM, 40, 500",
        "CPU, 9000000000000, 100000"
    })
    void leavesRoomAboveTheLimitThatTheHardwareReports(Component component, long limitWatts, long boundWatts) {
        assertThat(PlausiblePower.microwatts(component, limitWatts * WATT)).isEqualTo(boundWatts * WATT);
    }

    @ParameterizedTest
    @CsvSource({"GPU, 10000", "CPU, 2000", "DRAM, 1000"})
    void isMoreThanAnySuchHardwareDrawsWhereNoLimitIsReported(Component component, long boundWatts) {
        assertThat(PlausiblePower.microwatts(component, Sensor.NO_LIMIT)).isEqualTo(boundWatts * WATT);
    }
}
