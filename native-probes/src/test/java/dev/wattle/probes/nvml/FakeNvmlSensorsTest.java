/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import static dev.wattle.probes.nvml.GpuScript.gh200;
import static dev.wattle.probes.nvml.GpuScript.h100;
import static dev.wattle.probes.nvml.GpuScript.p100;
import static dev.wattle.probes.nvml.GpuScript.t4;
import static dev.wattle.probes.nvml.GpuScript.v100;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.wattle.probes.nvml.GpuScript.Reading;
import java.nio.file.Path;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The sensors and the counter of the fake library, for a known power. */
@Timeout(60)
class FakeNvmlSensorsTest {
    private static final int NOT_SUPPORTED = 3;

    @TempDir
    Path directory;

    /**
     * On a straight rise from 100 W by 100 W/s the mean over a window is the power at its middle, so that each reading
     * tells the window and the last update: at 5.037 s, 5.0 s where there is one every 100 ms and 5.02 s where there
     * is one every 20 ms.
     */
    @ParameterizedTest
    @CsvSource({
        "h100, 550.54.15, 550.0, 550.0, 598.75",
        "h100, 530.30.02, 550.0, -, -",
        "h200, 550.54.15, 550.0, 550.0, 598.75",
        "b200, 570.86.10, 550.0, 550.0, 598.75",
        "l40s, 550.54.15, 550.0, 550.0, 595.0",
        "l40s, 525.60.13, 550.0, -, -",
        "l40s, 530.30.02, 595.0, -, -",
        "rtx3090, 550.54.15, 550.0, 550.0, 595.0",
        "rtx3090, 530.30.02, 595.0, -, -",
        "a100, 550.54.15, 598.75, -, 598.75",
        "t4, 550.54.15, 595.0, -, 595.0",
        "v100, 550.54.15, 601.5, -, 601.5",
        "p100, 550.54.15, 601.5, -, 601.5"
    })
    void eachArchitectureAveragesInItsOwnWay(String board, String driver, double usage, String average, String instant)
            throws Exception {
        GpuScript gpu = (GpuScript) GpuScript.class.getMethod(board).invoke(null);
        FakeNvml nvml = NvmlMachine.with(gpu.power(Power.ramp(100, 1100, 10)))
                .driver(driver)
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);
        nvml.advanceTo(5_037_000_000L);

        assertThat(calls.power(device)).isEqualTo(Math.round(usage * 1000));
        assertThat(shown(calls, device, 185)).isEqualTo(average);
        assertThat(shown(calls, device, 186)).isEqualTo(instant);
    }

    @Test
    void aMaxwellFollowsAStepAsALowPass() {
        GpuScript maxwell = GpuScript.board("Tesla M40", 5, 2, 250, 11_520).power(Power.steps(0, 50, 1, 200));
        FakeNvml nvml = NvmlMachine.with(maxwell).install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);

        for (int tenths = 1; tenths < 40; tenths++) {
            nvml.advanceTo(tenths * 100_000_000L + 99_999_999L);
            double risen = tenths <= 10 ? 0 : 1 - Math.exp(10 - tenths);
            assertThat(calls.power(device)).isCloseTo(Math.round(1000 * (50 + 150 * risen)), within(1L));
        }
    }

    @Test
    void aWindowReachesBackBeforeTheStart() {
        FakeNvml nvml = NvmlMachine.with(
                        h100().power(Power.steps(0, 100, 0.5, 300)).counterStart(50))
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);

        nvml.advanceTo(-50_000_000);
        assertThat(calls.power(device)).isEqualTo(100_000);
        assertThat(calls.energy(device)).isEqualTo(40_000);
        nvml.advanceTo(700_000_000);
        assertThat(calls.power(device)).isEqualTo(140_000);
    }

    static Stream<Arguments> powers() {
        return Stream.of(
                Arguments.of("constant", Power.constant(300), watts(t -> 300)),
                Arguments.of("ramp", Power.ramp(100, 600, 3), watts(t -> 100 + 500 * Math.min(1, t / 3))),
                Arguments.of("fall", Power.ramp(600, 100, 3), watts(t -> 600 - 500 * Math.min(1, t / 3))),
                Arguments.of("square", Power.square(600, 150, 0.7), watts(t -> t % 0.7 < 0.35 ? 600 : 150)),
                Arguments.of(
                        "shifted square",
                        Power.square(600, 150, 0.7, 0.8, 0.6),
                        watts(t -> (t + 0.6) % 0.7 < 0.56 ? 600 : 150)),
                Arguments.of(
                        "sine",
                        Power.sine(400, 200, 1.3, 0.4),
                        watts(t -> 400 + 200 * Math.sin(2 * Math.PI * (t + 0.4) / 1.3))),
                Arguments.of(
                        "steps",
                        Power.steps(0, 80, 1.5, 620, 2.25, 90),
                        watts(t -> t < 1.5 ? 80 : t < 2.25 ? 620 : 90)));
    }

    /** The truth that tests compare with, against a plain sum of many thin slices. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("powers")
    void joulesAreTheAreaUnderThePower(String name, Power power, DoubleUnaryOperator watts) {
        double thin = 1e-5;
        double sum = IntStream.range(-20_000, 500_000)
                .mapToDouble(i -> watts.applyAsDouble(Math.max(0, (i + 0.5) * thin)) * thin)
                .sum();

        assertThat(power.joules(-0.2, 5)).isCloseTo(sum, within(0.01));
    }

    /** C and Java integrate by different formulas, and agree to the millijoule. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("powers")
    void theCounterIsTheIntegralAtItsLastUpdate(String name, Power power, DoubleUnaryOperator watts) {
        FakeNvml nvml = NvmlMachine.with(h100().power(power).window(Reading.INSTANT, 0.033, 0.05))
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);

        for (long now = 0; now < 6_000_000_000L; now += 137_000_000) {
            nvml.advanceTo(now);
            long update = now / 100_000_000 * 100_000_000;
            double milliwatts =
                    nvml.joules(0, now / 50_000_000 * 50_000_000 - 33_000_000, now / 50_000_000 * 50_000_000)
                            / 0.033
                            * 1000;

            assertThat((double) calls.energy(device))
                    .isCloseTo(Math.floor(nvml.joules(0, 0, update) * 1000 + 1e-6), within(1.0));
            assertThat((double) calls.fieldValue(device, 186, 0)).isCloseTo(milliwatts, within(0.51));
        }
    }

    @Test
    void theCounterIsWholeMillijoulesAndNoneIsLostToRounding() {
        FakeNvml nvml = NvmlMachine.with(h100().power(Power.constant(300))).install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);

        for (int tenths = 0; tenths < 1_000; tenths++) {
            nvml.advanceTo(tenths * 100_000_000L);
            assertThat(calls.energy(device)).isEqualTo(tenths * 30_000L);
        }
        nvml.advanceTo(100_000_000_000L - 1);
        assertThat(calls.energy(device)).isEqualTo(999 * 30_000L);
    }

    @Test
    void theCounterHasAStartAPeriodAGainAndResets() {
        FakeNvml nvml = NvmlMachine.with(v100().power(Power.constant(200))
                        .counterStart(12_345.678)
                        .counterPeriod(0.02)
                        .counterGain(1.5)
                        .counterResetAt(2.01))
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);

        assertThat(calls.energy(device)).isEqualTo(12_345_678);
        nvml.advanceTo(1_039_000_000);
        assertThat(calls.energy(device)).isEqualTo(12_345_678 + 306_000);
        nvml.advanceTo(2_009_999_999);
        assertThat(calls.energy(device)).isEqualTo(12_345_678 + 600_000);
        nvml.advanceTo(2_010_000_000);
        assertThat(calls.energy(device)).isZero();
        nvml.advanceTo(2_020_000_000);
        assertThat(calls.energy(device)).isEqualTo(3_000);
        assertThat(calls.power(device)).isEqualTo(200_000);
    }

    @Test
    void thereIsNoCounterBeforeVoltaOrWhereAScriptRemovesIt() {
        FakeNvml nvml =
                NvmlMachine.with(p100(), h100().withoutCounter(), v100()).install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);

        for (int gpu = 0; gpu < 2; gpu++) {
            assertThat(calls.call("nvmlDeviceGetTotalEnergyConsumption", calls.device(gpu), new Memory(8)))
                    .isEqualTo(NOT_SUPPORTED);
            assertThat(calls.fieldCode(calls.device(gpu), 83, 0)).isEqualTo(NOT_SUPPORTED);
            assertThat(calls.fieldCode(calls.device(gpu), 191, 0)).isEqualTo(NOT_SUPPORTED);
        }
        assertThat(calls.energy(calls.device(2))).isZero();
    }

    @Test
    void aScriptCanSetOtherSensorsThanTheArchitecture() {
        FakeNvml nvml = NvmlMachine.with(t4().power(Power.ramp(10, 60, 5))
                        .window(Reading.POWER, 0.5, 0.25)
                        .window(Reading.AVERAGE, 2, 1)
                        .without(Reading.INSTANT))
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);
        nvml.advanceTo(3_990_000_000L);

        assertThat(calls.power(device)).isEqualTo(45_000);
        assertThat(calls.fieldValue(device, 185, 0)).isEqualTo(30_000);
        assertThat(calls.fieldCode(device, 186, 0)).isEqualTo(NOT_SUPPORTED);
    }

    @Test
    void aGraceHopperCountsItsModule() {
        FakeNvml nvml =
                NvmlMachine.with(gh200().power(Power.constant(400)), h100()).install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);
        nvml.advanceTo(10_000_000_000L);

        assertThat(calls.energy(device)).isEqualTo(6_000_000);
        assertThat(nvml.moduleJoules(0, 0, nvml.nanoTime())).isEqualTo(6_000);
        assertThat(calls.fieldValue(device, 83, 0)).isEqualTo(6_000_000);
        assertThat(calls.fieldValue(device, 191, 0)).isEqualTo(4_000_000);
        assertThat(calls.fieldValue(device, 191, 1)).isEqualTo(6_000_000);
        assertThat(calls.power(device)).isEqualTo(400_000);
        assertThat(calls.fieldValue(device, 185, 0)).isEqualTo(400_000);
        assertThat(calls.fieldValue(device, 185, 1)).isEqualTo(600_000);
        assertThat(calls.fieldValue(device, 190, 1)).isEqualTo(1_000_000);
        assertThat(calls.fieldCode(device, 185, 2)).isEqualTo(NOT_SUPPORTED);
        assertThat(calls.fieldCode(calls.device(1), 185, 1)).isEqualTo(NOT_SUPPORTED);
    }

    @Test
    void realTimeIsThatOfNanoTime() {
        FakeNvml nvml = NvmlMachine.with(v100().power(Power.ramp(100, 300, 3)).counterPeriod(1e-6))
                .realTime()
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);
        long start = nvml.nanoTime();
        long first = calls.energy(device);

        for (int i = 0; i < 1_000; i++) {
            long before = nvml.nanoTime();
            double counted = (calls.energy(device) - first) / 1e3;
            // What the first read had not yet counted at the start, and a microsecond and a millijoule of each read.
            assertThat(counted)
                    .isBetween(nvml.joules(0, start, before) - 1 - 0.01, nvml.joules(0, start, nvml.nanoTime()) + 0.01);
        }
    }

    @Test
    void fieldsAreDatedByTheWallClock() {
        NvmlCalls calls =
                NvmlCalls.initialised(NvmlMachine.with(h100()).realTime().install(directory));

        long dated = calls.field(calls.device(0), 83, 0).getLong(8) / 1_000;

        assertThat(dated).isCloseTo(System.currentTimeMillis(), within(10_000L));
    }

    private static DoubleUnaryOperator watts(DoubleUnaryOperator watts) {
        return watts;
    }

    private static String shown(NvmlCalls calls, Pointer device, int field) {
        int code = calls.fieldCode(device, field, 0);
        return code == NOT_SUPPORTED ? "-" : Double.toString(calls.fieldValue(device, field, 0) / 1e3);
    }
}
