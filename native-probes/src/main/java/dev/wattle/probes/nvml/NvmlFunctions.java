/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

/**
 * The functions of NVML, as JNA binds them. Names and arguments are the library's, pointers are raw addresses, and each
 * result is an {@code nvmlReturn_t}.
 */
final class NvmlFunctions {
    private NvmlFunctions() {}

    static native int nvmlInit_v2();

    static native int nvmlShutdown();

    static native int nvmlSystemGetDriverVersion(long text, int length);

    static native int nvmlDeviceGetCount_v2(long count);

    static native int nvmlDeviceGetHandleByIndex_v2(int index, long device);

    static native int nvmlDeviceGetHandleByUUID(long text, long device);

    static native int nvmlDeviceGetUUID(long device, long text, int length);

    static native int nvmlDeviceGetName(long device, long text, int length);

    static native int nvmlDeviceGetCudaComputeCapability(long device, long major, long minor);

    static native int nvmlDeviceGetArchitecture(long device, long architecture);

    static native int nvmlDeviceGetTotalEnergyConsumption(long device, long millijoules);

    static native int nvmlDeviceGetPowerUsage(long device, long milliwatts);

    static native int nvmlDeviceGetFieldValues(long device, int count, long values);

    static native int nvmlDeviceGetEnforcedPowerLimit(long device, long milliwatts);

    static native int nvmlDeviceGetPowerManagementLimitConstraints(long device, long minimum, long maximum);

    static native int nvmlDeviceGetUtilizationRates(long device, long rates);

    static native int nvmlDeviceGetProcessUtilization(long device, long samples, long count, long lastSeenMicros);

    static native int nvmlDeviceGetComputeRunningProcesses_v3(long device, long count, long processes);

    static native int nvmlDeviceGetMPSComputeRunningProcesses_v3(long device, long count, long processes);

    static native int nvmlDeviceGetMigMode(long device, long current, long pending);

    static native int nvmlDeviceGetMaxMigDeviceCount(long device, long count);

    static native int nvmlDeviceGetMigDeviceHandleByIndex(long device, int index, long mig);

    static native int nvmlDeviceGetGpuInstanceId(long mig, long id);

    static native int nvmlDeviceGetComputeInstanceId(long mig, long id);

    static native int nvmlDeviceGetAttributes_v2(long mig, long attributes);
}
