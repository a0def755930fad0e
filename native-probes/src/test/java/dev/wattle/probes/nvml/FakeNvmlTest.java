/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import static dev.wattle.probes.nvml.GpuScript.a100;
import static dev.wattle.probes.nvml.GpuScript.h100;
import static dev.wattle.probes.nvml.GpuScript.p100;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fake library: its interface, its states and its faults. */
@Timeout(60)
class FakeNvmlTest {
    private static final int UNINITIALIZED = 1;
    private static final int INVALID_ARGUMENT = 2;
    private static final int NOT_SUPPORTED = 3;
    private static final int NOT_FOUND = 6;
    private static final int INSUFFICIENT_SIZE = 7;
    private static final int DRIVER_NOT_LOADED = 9;
    private static final int UNKNOWN = 999;

    @TempDir
    Path directory;

    @Test
    void everyCallExceptTheInitialisationNeedsOne() {
        NvmlCalls calls = new NvmlCalls(NvmlMachine.with(h100()).install(directory));
        Memory out = new Memory(128);

        assertThat(calls.call("nvmlDeviceGetCount_v2", out)).isEqualTo(UNINITIALIZED);
        assertThat(calls.call("nvmlDeviceGetPowerUsage", out, out)).isEqualTo(UNINITIALIZED);
        assertThat(calls.call("nvmlDeviceGetHandleByIndex_v2", 0, out)).isEqualTo(UNINITIALIZED);
        assertThat(calls.call("nvmlShutdown")).isEqualTo(UNINITIALIZED);
        assertThat(calls.errorString(UNINITIALIZED)).isEqualTo("Uninitialized");
        assertThat(calls.errorString(12345)).isEqualTo("Unknown Error");
    }

    @Test
    void initialisationsAreCounted() {
        NvmlCalls calls = NvmlCalls.initialised(NvmlMachine.with(h100()).install(directory));
        assertThat(calls.call("nvmlInitWithFlags", 0)).isZero();

        calls.call("nvmlShutdown");
        assertThat(calls.number("nvmlDeviceGetCount_v2")).isEqualTo(1);

        calls.call("nvmlShutdown");
        assertThat(calls.call("nvmlDeviceGetCount_v2", new Memory(4))).isEqualTo(UNINITIALIZED);
        assertThat(calls.call("nvmlShutdown")).isZero();
    }

    @Test
    void reportsTheDriverAndTheGpus() {
        NvmlCalls calls = NvmlCalls.initialised(NvmlMachine.with(h100(), a100().pciBusId("0001:c1:00.0"))
                .driver("535.183.01")
                .cuda(12020)
                .install(directory));
        Pointer second = calls.device(1);

        assertThat(calls.text("nvmlSystemGetDriverVersion")).isEqualTo("535.183.01");
        assertThat(calls.text("nvmlSystemGetNVMLVersion")).isEqualTo("12.535.183.01");
        assertThat(calls.number("nvmlSystemGetCudaDriverVersion_v2")).isEqualTo(12020);
        assertThat(calls.number("nvmlDeviceGetCount_v2")).isEqualTo(2);
        assertThat(calls.text("nvmlDeviceGetName", second)).isEqualTo("NVIDIA A100-SXM4-80GB");
        assertThat(calls.number("nvmlDeviceGetIndex", second)).isEqualTo(1);
        assertThat(calls.number("nvmlDeviceGetMinorNumber", second)).isEqualTo(1);
        assertThat(calls.handle("nvmlDeviceGetHandleByUUID", calls.text("nvmlDeviceGetUUID", second)))
                .isEqualTo(second);
        assertThat(calls.handle("nvmlDeviceGetHandleByPciBusId_v2", "0001:C1:00.0"))
                .isEqualTo(second);
        assertThat(calls.handle("nvmlDeviceGetHandleByPciBusId_v2", "00000001:c1:00.0"))
                .isEqualTo(second);
        assertThat(calls.call("nvmlDeviceGetHandleByPciBusId_v2", "0000:c1:00.0", new Memory(8)))
                .isEqualTo(NOT_FOUND);
        assertThat(calls.call("nvmlDeviceGetHandleByUUID", "GPU-0", new Memory(8)))
                .isEqualTo(NOT_FOUND);
        assertThat(calls.call("nvmlDeviceGetHandleByIndex_v2", 2, new Memory(8)))
                .isEqualTo(INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "h100, NVIDIA H100 80GB HBM3, 9, 9, 0, 700, 0x233010de",
        "h200, NVIDIA H200, 9, 9, 0, 700, 0x233510de",
        "gh200, NVIDIA GH200 480GB, 9, 9, 0, 900, 0x234210de",
        "b200, NVIDIA B200, 10, 10, 0, 1000, 0x290110de",
        "l40s, NVIDIA L40S, 8, 8, 9, 350, 0x26b910de",
        "rtx3090, NVIDIA GeForce RTX 3090, 7, 8, 6, 350, 0x220410de",
        "a100, NVIDIA A100-SXM4-80GB, 7, 8, 0, 400, 0x20b210de",
        "t4, Tesla T4, 6, 7, 5, 70, 0x1eb810de",
        "v100, Tesla V100-SXM2-32GB, 5, 7, 0, 300, 0x1db510de",
        "p100, Tesla P100-PCIE-16GB, 4, 6, 0, 250, 0x15f810de"
    })
    void knowsRealBoards(
            String board, String name, long architecture, int major, int minor, long limitWatts, String pciDevice)
            throws Exception {
        GpuScript gpu = (GpuScript) GpuScript.class.getMethod(board).invoke(null);
        NvmlCalls calls = NvmlCalls.initialised(NvmlMachine.with(gpu).install(directory));
        Pointer device = calls.device(0);
        Memory capability = new Memory(8);
        Memory pci = new Memory(68);

        calls.call("nvmlDeviceGetCudaComputeCapability", device, capability, capability.share(4));
        calls.call("nvmlDeviceGetPciInfo_v3", device, pci);

        assertThat(calls.text("nvmlDeviceGetName", device)).isEqualTo(name);
        assertThat(calls.number("nvmlDeviceGetArchitecture", device)).isEqualTo(architecture);
        assertThat(capability.getIntArray(0, 2)).containsExactly(major, minor);
        assertThat(calls.number("nvmlDeviceGetPowerManagementLimit", device)).isEqualTo(limitWatts * 1000);
        assertThat(pci.getInt(28)).isEqualTo(Long.decode(pciDevice).intValue());
    }

    @Test
    void hasTheStructureLayoutsOfNvml() {
        FakeNvml nvml = NvmlMachine.with(h100().power(Power.constant(500))
                        .pciBusId("0002:af:01.0")
                        .counterStart(5_000_000)
                        .enforcedLimit(650)
                        .defaultLimit(600)
                        .utilization(91, 17))
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);
        nvml.advanceTo(1_250_000_000);

        // Three entries in a row, of which the second fails.
        Memory fields = NvmlCalls.fields(185, 0, 74, 0, 83, 0);
        assertThat(calls.call("nvmlDeviceGetFieldValues", device, 3, fields)).isZero();
        assertThat(fields.getLong(8)).isEqualTo(1_767_225_601_250_000L);
        assertThat(fields.getInt(24)).isEqualTo(1);
        assertThat(fields.getInt(28)).isZero();
        assertThat(fields.getInt(32)).isEqualTo(500_000);
        assertThat(fields.getInt(40)).isEqualTo(74);
        assertThat(fields.getInt(40 + 28)).isEqualTo(NOT_SUPPORTED);
        assertThat(fields.getInt(80 + 24)).isEqualTo(3);
        assertThat(fields.getLong(80 + 32)).isEqualTo(5_000_600_000L);

        Memory pci = new Memory(68);
        calls.call("nvmlDeviceGetPciInfo_v3", device, pci);
        assertThat(pci.getString(0)).isEqualTo("0002:AF:01.0");
        assertThat(pci.getIntArray(16, 3)).containsExactly(2, 0xaf, 1);
        assertThat(pci.getString(36)).isEqualTo("00000002:AF:01.0");

        Memory utilisation = new Memory(8);
        calls.call("nvmlDeviceGetUtilizationRates", device, utilisation);
        assertThat(utilisation.getIntArray(0, 2)).containsExactly(91, 17);

        assertThat(calls.number("nvmlDeviceGetPowerManagementLimit", device)).isEqualTo(700_000);
        assertThat(calls.number("nvmlDeviceGetEnforcedPowerLimit", device)).isEqualTo(650_000);
        assertThat(calls.number("nvmlDeviceGetPowerManagementDefaultLimit", device))
                .isEqualTo(600_000);
        assertThat(calls.fieldValue(device, 189, 0)).isEqualTo(600_000);
        assertThat(calls.fieldValue(device, 190, 0)).isEqualTo(650_000);
    }

    @Test
    void refusesNullInvalidHandlesAndShortBuffers() {
        NvmlCalls calls = NvmlCalls.initialised(NvmlMachine.with(h100()).install(directory));
        Pointer device = calls.device(0);
        Memory out = new Memory(64);

        assertThat(calls.call("nvmlDeviceGetPowerUsage", device, Pointer.NULL)).isEqualTo(INVALID_ARGUMENT);
        assertThat(calls.call("nvmlDeviceGetPowerUsage", Pointer.NULL, out)).isEqualTo(INVALID_ARGUMENT);
        assertThat(calls.call("nvmlDeviceGetPowerUsage", device.share(1), out)).isEqualTo(INVALID_ARGUMENT);
        assertThat(calls.call("nvmlDeviceGetCount_v2", Pointer.NULL)).isEqualTo(INVALID_ARGUMENT);
        assertThat(calls.call("nvmlDeviceGetFieldValues", device, 0, out)).isEqualTo(INVALID_ARGUMENT);
        assertThat(calls.call("nvmlDeviceGetName", device, out, 21)).isEqualTo(INSUFFICIENT_SIZE);
        assertThat(calls.call("nvmlDeviceGetName", device, out, 22)).isZero();
    }

    @Test
    void faultsApplyToTheirFunctionGpuAndTime() {
        FakeNvml nvml = NvmlMachine.with(h100(), h100())
                .fault(Fault.fail("nvmlDeviceGetPowerUsage", 15).gpu(1).from(2).to(3))
                .fault(Fault.fail("*", 10).from(5))
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        List<Integer> codes = new ArrayList<>();
        Memory out = new Memory(8);
        Pointer first = calls.device(0);
        Pointer second = calls.device(1);

        for (long millis : new long[] {1_999, 2_000, 2_999, 3_000, 5_000}) {
            nvml.advanceTo(millis * 1_000_000);
            codes.add(calls.call("nvmlDeviceGetPowerUsage", first, out));
            codes.add(calls.call("nvmlDeviceGetPowerUsage", second, out));
            codes.add(calls.call("nvmlDeviceGetTotalEnergyConsumption", second, out));
        }

        assertThat(codes).containsExactly(0, 0, 0, 0, 15, 0, 0, 15, 0, 0, 0, 0, 10, 10, 10);
        assertThat(calls.call("nvmlInit_v2")).isEqualTo(10);
    }

    @Test
    void aFaultCanAffectEveryNthCall() {
        NvmlCalls calls = NvmlCalls.initialised(NvmlMachine.with(h100())
                .fault(Fault.fail("nvmlDeviceGetPowerUsage", 3).every(3))
                .install(directory));
        Pointer device = calls.device(0);

        assertThat(IntStream.range(0, 7).map(i -> calls.call("nvmlDeviceGetPowerUsage", device, new Memory(4))))
                .containsExactly(0, 0, 3, 0, 0, 3, 0);
    }

    @Test
    void aFieldCanFailByItself() {
        FakeNvml nvml = NvmlMachine.with(h100(), h100())
                .fault(Fault.failField(185, 4).gpu(0).from(1))
                .fault(Fault.failField(191, 21).scope(1))
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);

        assertThat(calls.fieldCode(calls.device(0), 185, 0)).isZero();
        nvml.advanceTo(1_000_000_000);
        assertThat(calls.fieldCode(calls.device(0), 185, 0)).isEqualTo(4);
        assertThat(calls.fieldCode(calls.device(0), 186, 0)).isZero();
        assertThat(calls.fieldCode(calls.device(1), 185, 0)).isZero();
        assertThat(calls.fieldCode(calls.device(0), 191, 0)).isZero();
        assertThat(calls.fieldCode(calls.device(0), 191, 1)).isEqualTo(21);
    }

    @Test
    void aDelayTakesRealTimeAndBlocksOtherCalls() throws Exception {
        FakeNvml nvml = NvmlMachine.with(h100())
                .fault(Fault.delay("nvmlDeviceGetCount_v2", 30_000))
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> calls.number("nvmlDeviceGetCount_v2")))
                .toList();

        long before = System.nanoTime();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(120_000_000);
        assertThat(nvml.calls("nvmlDeviceGetCount_v2")).isEqualTo(4);
    }

    @Test
    void anAbsentFunctionIsNotInTheLibrary() {
        FakeNvml nvml = NvmlMachine.with(h100())
                .without("nvmlDeviceGetFieldValues")
                .without("nvmlErrorString")
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);

        assertThat(calls.has("nvmlDeviceGetFieldValues")).isFalse();
        assertThat(calls.has("nvmlErrorString")).isFalse();
        assertThat(calls.has("nvmlDeviceGetPowerUsage")).isTrue();
        assertThat(calls.has("read_script")).isFalse();
        assertThatThrownBy(() -> NvmlMachine.with(h100()).without("nvmlTypo").install(directory))
                .hasMessageContaining("nvmlTypo");
    }

    @Test
    void aDriverThatHasGoneNeedsAnInitialisation() {
        FakeNvml nvml = NvmlMachine.with(h100().power(Power.constant(100)).counterStart(1_000))
                .unloaded(5, 8)
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer before = calls.device(0);
        Memory out = new Memory(8);

        nvml.advanceTo(4_999_999_999L);
        assertThat(calls.energy(before)).isEqualTo(1_490_000);

        nvml.advanceTo(5_000_000_000L);
        assertThat(calls.call("nvmlDeviceGetTotalEnergyConsumption", before, out))
                .isEqualTo(UNINITIALIZED);
        assertThat(calls.call("nvmlInit_v2")).isEqualTo(DRIVER_NOT_LOADED);
        assertThat(calls.call("nvmlInitWithFlags", 0)).isEqualTo(DRIVER_NOT_LOADED);

        nvml.advanceTo(8_000_000_000L);
        assertThat(calls.call("nvmlDeviceGetTotalEnergyConsumption", before, out))
                .isEqualTo(UNINITIALIZED);
        assertThat(calls.call("nvmlInit_v2")).isZero();
        assertThat(calls.call("nvmlDeviceGetTotalEnergyConsumption", before, out))
                .isEqualTo(INVALID_ARGUMENT);

        nvml.advanceTo(9_000_000_000L);
        assertThat(calls.energy(calls.device(0))).isEqualTo(100_000);
    }

    @Test
    void aDriverThatWasAwayBetweenTwoCallsIsNoticedToo() {
        FakeNvml nvml = NvmlMachine.with(p100()).unloaded(5, 8).install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer before = calls.device(0);

        nvml.advanceTo(100_000_000_000L);

        assertThat(calls.call("nvmlDeviceGetPowerUsage", before, new Memory(4))).isEqualTo(UNINITIALIZED);
    }

    @Test
    void countsCallsAndFieldsWhateverTheirResult() {
        FakeNvml nvml = NvmlMachine.with(h100())
                .fault(Fault.fail("nvmlDeviceGetPowerUsage", 15))
                .install(directory);
        assertThat(nvml.calls("nvmlInit_v2")).isZero();
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);

        calls.call("nvmlDeviceGetPowerUsage", device, new Memory(4));
        calls.call("nvmlDeviceGetPowerUsage", device, new Memory(4));
        calls.call("nvmlDeviceGetFieldValues", device, 3, NvmlCalls.fields(185, 0, 186, 0, 185, 1));

        assertThat(nvml.calls("nvmlInit_v2")).isEqualTo(1);
        assertThat(nvml.calls("nvmlDeviceGetPowerUsage")).isEqualTo(2);
        assertThat(nvml.calls("nvmlDeviceGetFieldValues")).isEqualTo(1);
        assertThat(nvml.calls("field:185")).isEqualTo(2);
        assertThat(nvml.calls("field:186")).isEqualTo(1);
        assertThat(nvml.calls("field:83")).isZero();
    }

    @Test
    void twoInstallationsShareNothing() throws Exception {
        FakeNvml one = NvmlMachine.with(h100()).install(Files.createDirectory(directory.resolve("one")));
        FakeNvml two = NvmlMachine.with(h100(), a100()).install(Files.createDirectory(directory.resolve("two")));

        NvmlCalls.initialised(one);
        assertThat(new NvmlCalls(two).call("nvmlShutdown")).isEqualTo(UNINITIALIZED);
        assertThat(NvmlCalls.initialised(two).number("nvmlDeviceGetCount_v2")).isEqualTo(2);
        assertThat(one.uuid(0)).isEqualTo(two.uuid(0)).isNotEqualTo(two.uuid(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pwer constant 3",
                "power constant",
                "power constant 3 4",
                "power square 600 100 period 0",
                "power steps 0",
                "sensor mean none",
                "sensor power window 0 period 1",
                "limit enforced",
                "process self form 3",
                "fail nvmlInit_v2",
                "name An unreasonably long name of a board that cannot be a name in NVML, ever"
            })
    void aLineThatIsNotUnderstoodFailsEveryCall(String line) throws Exception {
        Files.writeString(
                add(NvmlMachine.with(h100()), "gpu # another\n\n  # and nothing else\n"), line + "\n", APPEND);

        assertThat(new NvmlCalls(directory.resolve("libnvidia-ml.so.1")).call("nvmlInit_v2"))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void commentsAndEmptyLinesAreIgnored() throws Exception {
        add(NvmlMachine.with(h100()), "gpu # another\n\n  # and nothing else\nname Some Board # or other\n");
        NvmlCalls calls = new NvmlCalls(directory.resolve("libnvidia-ml.so.1"));

        assertThat(calls.call("nvmlInit_v2")).isZero();
        assertThat(calls.text("nvmlDeviceGetName", calls.device(1))).isEqualTo("Some Board");
    }

    private Path add(NvmlMachine machine, String lines) throws IOException {
        machine.install(directory);
        return Files.writeString(directory.resolve("nvml.script"), lines, APPEND);
    }
}
