/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

/**
 * Calls NVML, through JNA's direct mapping and with the addresses of one {@link NvmlBlock}.
 *
 * <p>Each method returns the library's code. After {@link NvmlReturn#SUCCESS} a getter has the value, until the next call. A
 * function that this driver's library lacks returns {@link NvmlReturn#FUNCTION_NOT_FOUND}, so that only what needs it is
 * disabled. No call allocates, except for texts. Used by one thread at a time.
 */
final class Nvml {
    /** The scope of a field: the GPU with its memory (nvml.h, NVML_POWER_SCOPE). */
    static final int SCOPE_GPU = 0;

    /** The module that the GPU shares with a processor. */
    static final int SCOPE_MODULE = 1;

    /** NVML_FI_DEV_POWER_AVERAGE: milliwatts, mean over a second. */
    static final int FIELD_POWER_AVERAGE = 185;
    /** NVML_FI_DEV_POWER_INSTANT: milliwatts. */
    static final int FIELD_POWER_INSTANT = 186;
    /** NVML_FI_DEV_POWER_MAX_LIMIT: milliwatts, by scope. */
    static final int FIELD_POWER_MAX_LIMIT = 188;
    /** NVML_FI_DEV_POWER_CURRENT_LIMIT: milliwatts, by scope. */
    static final int FIELD_POWER_CURRENT_LIMIT = 190;
    /** NVML_FI_DEV_ENERGY: millijoules since the driver was loaded, by scope. */
    static final int FIELD_ENERGY = 191;

    private final NvmlBlock block = new NvmlBlock();

    private Nvml() {}

    /**
     * Loads the library. JNA must have been loaded.
     *
     * @param library its file, or its name for the system's loader
     * @throws UnsatisfiedLinkError if it cannot be loaded
     */
    static Nvml load(String library) {
        NvmlLibrary.bind(library);
        return new Nvml();
    }

    int init() {
        return NvmlFunctions.nvmlInit_v2();
    }

    int shutdown() {
        return NvmlFunctions.nvmlShutdown();
    }

    /** {@link #text()} is the driver's version. */
    int driverVersion() {
        return NvmlFunctions.nvmlSystemGetDriverVersion(block.text(), NvmlBlock.TEXT_BYTES);
    }

    /** {@link #number()} is the number of GPUs, including those that may not be used. */
    int deviceCount() {
        return NvmlFunctions.nvmlDeviceGetCount_v2(block.first());
    }

    /** {@link #handle()} is the device at an index, in the order of PCI addresses. */
    int device(int index) {
        return NvmlFunctions.nvmlDeviceGetHandleByIndex_v2(index, block.first());
    }

    /** {@link #handle()} is the device of a UUID. */
    int device(String uuid) {
        block.putText(uuid);
        return NvmlFunctions.nvmlDeviceGetHandleByUUID(block.text(), block.first());
    }

    /** {@link #text()} is the UUID of a GPU or of a MIG device. */
    int uuid(long device) {
        return NvmlFunctions.nvmlDeviceGetUUID(device, block.text(), NvmlBlock.TEXT_BYTES);
    }

    /** Whether a device has this UUID. */
    boolean hasUuid(long device, String uuid) {
        return uuid(device) == NvmlReturn.SUCCESS && text().equals(uuid);
    }

    /** {@link #text()} is the product's name. */
    int name(long device) {
        return NvmlFunctions.nvmlDeviceGetName(device, block.text(), NvmlBlock.TEXT_BYTES);
    }

    /** {@link #number()} is the major and {@link #secondNumber()} the minor number. */
    int computeCapability(long device) {
        return NvmlFunctions.nvmlDeviceGetCudaComputeCapability(device, block.first(), block.second());
    }

    /** {@link #number()} is NVML's number of the architecture. */
    int architecture(long device) {
        return NvmlFunctions.nvmlDeviceGetArchitecture(device, block.first());
    }

    /** {@link #longNumber()} is the energy in millijoules since the driver was loaded. */
    int energy(long device) {
        return NvmlFunctions.nvmlDeviceGetTotalEnergyConsumption(device, block.first());
    }

    /** {@link #number()} is the power in milliwatts. */
    int power(long device) {
        return NvmlFunctions.nvmlDeviceGetPowerUsage(device, block.first());
    }

    /** {@link #longNumber()} is the field's value; returns the code of the call or of the field. */
    int field(long device, int fieldId, int scope) {
        block.putField(fieldId, scope);
        int code = NvmlFunctions.nvmlDeviceGetFieldValues(device, 1, block.field());
        return code == NvmlReturn.SUCCESS ? block.takeField() : code;
    }

    /** {@link #number()} is the power limit in force, in milliwatts. */
    int powerLimit(long device) {
        return NvmlFunctions.nvmlDeviceGetEnforcedPowerLimit(device, block.first());
    }

    /** {@link #secondNumber()} is the maximum power limit that can be set, in milliwatts. */
    int powerLimits(long device) {
        return NvmlFunctions.nvmlDeviceGetPowerManagementLimitConstraints(device, block.first(), block.second());
    }

    /** {@link #number()} is the percentage of time in which a GPU kernel ran. */
    int utilisation(long device) {
        return NvmlFunctions.nvmlDeviceGetUtilizationRates(device, block.first());
    }

    /** {@link #number()} is 1 if the device is divided into MIG devices. */
    int migMode(long device) {
        return NvmlFunctions.nvmlDeviceGetMigMode(device, block.first(), block.second());
    }

    /** {@link #number()} is the maximum number of MIG devices, which is the device's number of slices. */
    int migDeviceCount(long device) {
        return NvmlFunctions.nvmlDeviceGetMaxMigDeviceCount(device, block.first());
    }

    /** {@link #handle()} is a MIG device. */
    int migDevice(long device, int index) {
        return NvmlFunctions.nvmlDeviceGetMigDeviceHandleByIndex(device, index, block.first());
    }

    /** {@link #number()} is the GPU instance that a MIG device belongs to. */
    int gpuInstance(long mig) {
        return NvmlFunctions.nvmlDeviceGetGpuInstanceId(mig, block.first());
    }

    /** {@link #number()} is the compute instance of a MIG device. */
    int computeInstance(long mig) {
        return NvmlFunctions.nvmlDeviceGetComputeInstanceId(mig, block.first());
    }

    /** {@link #number()} is the number of slices of a MIG device's GPU instance. */
    int sliceCount(long mig) {
        int code = NvmlFunctions.nvmlDeviceGetAttributes_v2(mig, block.attributes());
        block.takeSliceCount();
        return code;
    }

    int number() {
        return block.firstInt();
    }

    int secondNumber() {
        return block.secondInt();
    }

    long longNumber() {
        return block.firstLong();
    }

    long handle() {
        return block.firstLong();
    }

    String text() {
        return block.textValue();
    }
}
