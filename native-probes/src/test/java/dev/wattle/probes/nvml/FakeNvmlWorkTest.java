/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import static dev.wattle.probes.nvml.GpuScript.a100;
import static dev.wattle.probes.nvml.GpuScript.h100;
import static dev.wattle.probes.nvml.GpuScript.rtx3090;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The processes on a GPU of the fake library, and their MIG devices. */
@Timeout(60)
class FakeNvmlWorkTest {
    private static final int INVALID_ARGUMENT = 2;
    private static final int NOT_SUPPORTED = 3;
    private static final int NOT_FOUND = 6;
    private static final int INSUFFICIENT_SIZE = 7;
    private static final String PROCESSES = "nvmlDeviceGetComputeRunningProcesses_v3";
    private static final String UTILISATION = "nvmlDeviceGetProcessUtilization";
    private static final long VIRTUAL_EPOCH_MICROS = 1_767_225_600_000_000L;
    private static final long GIB = 1L << 30;

    @TempDir
    Path directory;

    @Test
    void listsTheCurrentProcessesInBothLayouts() {
        FakeNvml nvml = NvmlMachine.with(h100().process(GpuProcess.self().bytes(40 * GIB))
                        .process(GpuProcess.of(4711).bytes(2 * GIB).from(1).to(2)))
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);
        int self = (int) ProcessHandle.current().pid();
        Memory infos = new Memory(96);
        IntByReference room = new IntByReference(2);

        assertThat(calls.call(PROCESSES, device, room, infos)).isZero();
        assertThat(room.getValue()).isEqualTo(1);
        assertThat(infos.getInt(0)).isEqualTo(self);
        assertThat(infos.getLong(8)).isEqualTo(40 * GIB);
        assertThat(infos.getLong(16)).isEqualTo(-1);

        nvml.advanceTo(1_000_000_000);
        room.setValue(4);
        assertThat(calls.call(PROCESSES, device, room, infos)).isZero();
        assertThat(room.getValue()).isEqualTo(2);
        assertThat(infos.getInt(24)).isEqualTo(4711);
        assertThat(infos.getLong(24 + 8)).isEqualTo(2 * GIB);

        infos.clear();
        assertThat(calls.call("nvmlDeviceGetComputeRunningProcesses_v2", device, room, infos))
                .isZero();
        assertThat(infos.getInt(24)).isEqualTo(4711);

        assertThat(calls.call("nvmlDeviceGetComputeRunningProcesses", device, room, infos))
                .isZero();
        assertThat(infos.getInt(0)).isEqualTo(self);
        assertThat(infos.getInt(16)).isEqualTo(4711);
        assertThat(infos.getLong(16 + 8)).isEqualTo(2 * GIB);

        Memory memory = new Memory(24);
        calls.call("nvmlDeviceGetMemoryInfo", device, memory);
        assertThat(memory.getLong(0)).isEqualTo(81_559L << 20);
        assertThat(memory.getLong(8)).isEqualTo((81_559L << 20) - 42 * GIB);
        assertThat(memory.getLong(16)).isEqualTo(42 * GIB);

        nvml.advanceTo(2_000_000_000);
        calls.call(PROCESSES, device, room, infos);
        assertThat(room.getValue()).isEqualTo(1);
    }

    @Test
    void reportsTheSizeThatAListNeeds() {
        NvmlCalls calls = NvmlCalls.initialised(
                NvmlMachine.with(h100().process(GpuProcess.of(1)).process(GpuProcess.of(2)), h100())
                        .install(directory));
        IntByReference room = new IntByReference(0);

        assertThat(calls.call(PROCESSES, calls.device(0), room, Pointer.NULL)).isEqualTo(INSUFFICIENT_SIZE);
        assertThat(room.getValue()).isEqualTo(2);
        assertThat(calls.call(PROCESSES, calls.device(0), room, Pointer.NULL)).isEqualTo(INVALID_ARGUMENT);
        room.setValue(1);
        assertThat(calls.call(PROCESSES, calls.device(0), room, new Memory(24))).isEqualTo(INSUFFICIENT_SIZE);
        assertThat(room.getValue()).isEqualTo(2);
        room.setValue(0);
        assertThat(calls.call(PROCESSES, calls.device(1), room, Pointer.NULL)).isZero();
    }

    @Test
    void samplesTheLoadOfProcessesSinceTheLastLook() {
        FakeNvml nvml = NvmlMachine.with(h100().process(GpuProcess.of(7).sm(80))
                        .process(GpuProcess.of(8).sm(15).from(1))
                        .process(GpuProcess.of(9)))
                .install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Pointer device = calls.device(0);
        Memory samples = new Memory(96);
        IntByReference room = new IntByReference(0);
        nvml.advanceTo(1_300_000_000);

        assertThat(calls.call(UTILISATION, device, Pointer.NULL, room, 0L)).isEqualTo(INSUFFICIENT_SIZE);
        assertThat(room.getValue()).isEqualTo(2);
        room.setValue(3);
        assertThat(calls.call(UTILISATION, device, samples, room, 0L)).isZero();
        assertThat(room.getValue()).isEqualTo(2);
        assertThat(samples.getInt(0)).isEqualTo(7);
        assertThat(samples.getLong(8)).isEqualTo(VIRTUAL_EPOCH_MICROS + 1_200_000);
        assertThat(samples.getIntArray(16, 4)).containsExactly(80, 0, 0, 0);
        assertThat(samples.getInt(32)).isEqualTo(8);
        assertThat(samples.getInt(32 + 16)).isEqualTo(15);

        long seen = samples.getLong(8);
        assertThat(calls.call(UTILISATION, device, samples, room, seen)).isEqualTo(NOT_FOUND);
        nvml.advanceTo(1_400_000_000);
        room.setValue(3);
        assertThat(calls.call(UTILISATION, device, samples, room, seen)).isZero();
    }

    @Test
    void utilisationChangesWithTime() {
        FakeNvml nvml = NvmlMachine.with(h100().utilization(95, 40, 1, 2)).install(directory);
        NvmlCalls calls = NvmlCalls.initialised(nvml);
        Memory rates = new Memory(8);

        for (int second = 0; second < 3; second++) {
            nvml.advanceTo(second * 1_000_000_000L);
            assertThat(calls.call("nvmlDeviceGetUtilizationRates", calls.device(0), rates))
                    .isZero();
            assertThat(rates.getInt(0)).isEqualTo(second == 1 ? 95 : 0);
        }
    }

    @Test
    void aSliceHasItsOwnNameMemoryAndProcessesButNoPower() {
        NvmlCalls calls = NvmlCalls.initialised(NvmlMachine.with(a100().power(Power.constant(300))
                        .mig()
                        .slice("MIG-aaaa", 1, 0, 3, 40_192)
                        .slice("MIG-bbbb", 2, 0, 1, 9_728)
                        .process(GpuProcess.of(10).slice(0).bytes(GIB))
                        .process(GpuProcess.of(11).slice(1).bytes(2 * GIB)))
                .install(directory));
        Pointer parent = calls.device(0);
        Pointer slice = calls.handle("nvmlDeviceGetMigDeviceHandleByIndex", parent, 1);

        assertThat(calls.number("nvmlDeviceGetMaxMigDeviceCount", parent)).isEqualTo(7);
        assertThat(calls.number("nvmlDeviceIsMigDeviceHandle", slice)).isEqualTo(1);
        assertThat(calls.number("nvmlDeviceIsMigDeviceHandle", parent)).isZero();
        assertThat(calls.handle("nvmlDeviceGetDeviceHandleFromMigDeviceHandle", slice))
                .isEqualTo(parent);
        assertThat(calls.handle("nvmlDeviceGetHandleByUUID", "MIG-bbbb")).isEqualTo(slice);
        assertThat(calls.text("nvmlDeviceGetUUID", slice)).isEqualTo("MIG-bbbb");
        assertThat(calls.text("nvmlDeviceGetName", slice)).isEqualTo("NVIDIA A100-SXM4-80GB MIG 1g.10gb");
        assertThat(calls.number("nvmlDeviceGetGpuInstanceId", slice)).isEqualTo(2);
        assertThat(calls.number("nvmlDeviceGetComputeInstanceId", slice)).isZero();
        assertThat(calls.power(parent)).isEqualTo(300_000);
        assertThat(calls.call("nvmlDeviceGetPowerUsage", slice, new Memory(4))).isEqualTo(NOT_SUPPORTED);
        assertThat(calls.call("nvmlDeviceGetTotalEnergyConsumption", slice, new Memory(8)))
                .isEqualTo(NOT_SUPPORTED);
        assertThat(calls.fieldCode(slice, 83, 0)).isEqualTo(NOT_SUPPORTED);
        assertThat(calls.call("nvmlDeviceGetUtilizationRates", parent, new Memory(8)))
                .isEqualTo(NOT_SUPPORTED);
        assertThat(calls.call(UTILISATION, parent, Pointer.NULL, new IntByReference(0), 0L))
                .isEqualTo(NOT_SUPPORTED);

        Memory attributes = new Memory(40);
        assertThat(calls.call("nvmlDeviceGetAttributes_v2", slice, attributes)).isZero();
        assertThat(attributes.getInt(24)).isEqualTo(1);
        assertThat(attributes.getLong(32)).isEqualTo(9_728);
        assertThat(calls.call("nvmlDeviceGetAttributes_v2", parent, attributes)).isEqualTo(NOT_SUPPORTED);

        Memory infos = new Memory(48);
        IntByReference room = new IntByReference(2);
        assertThat(calls.call(PROCESSES, parent, room, infos)).isZero();
        assertThat(room.getValue()).isEqualTo(2);
        assertThat(infos.getIntArray(16, 2)).containsExactly(1, 0);
        assertThat(infos.getIntArray(24 + 16, 2)).containsExactly(2, 0);
        assertThat(calls.call(PROCESSES, slice, room, infos)).isZero();
        assertThat(room.getValue()).isEqualTo(1);
        assertThat(infos.getInt(0)).isEqualTo(11);

        Memory memory = new Memory(24);
        calls.call("nvmlDeviceGetMemoryInfo", slice, memory);
        assertThat(memory.getLongArray(0, 3)).containsExactly(9_728L << 20, (9_728L << 20) - 2 * GIB, 2 * GIB);
    }

    @Test
    void onlySomeBoardsCanBeDividedAndFewerAre() {
        NvmlCalls calls =
                NvmlCalls.initialised(NvmlMachine.with(h100(), rtx3090()).install(directory));
        Memory current = new Memory(8);
        Memory slice = new Memory(8);

        assertThat(calls.call("nvmlDeviceGetMigMode", calls.device(0), current, current.share(4)))
                .isZero();
        assertThat(current.getLong(0)).isZero();
        assertThat(calls.number("nvmlDeviceGetMaxMigDeviceCount", calls.device(0)))
                .isZero();
        assertThat(calls.call("nvmlDeviceGetMigDeviceHandleByIndex", calls.device(0), 0, slice))
                .isEqualTo(NOT_FOUND);
        assertThat(calls.call("nvmlDeviceGetMigMode", calls.device(1), current, current.share(4)))
                .isEqualTo(NOT_SUPPORTED);
        assertThat(calls.call("nvmlDeviceGetDeviceHandleFromMigDeviceHandle", calls.device(0), slice))
                .isEqualTo(INVALID_ARGUMENT);
    }
}
