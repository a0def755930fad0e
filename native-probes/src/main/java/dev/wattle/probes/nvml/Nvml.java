/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.SymbolProvider;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * NVML, called through JNA's direct mapping with the addresses of one block that is allocated once.
 *
 * <p>Every method returns what the library returned; where that is {@link NvmlReturn#SUCCESS}, one of the getters has the
 * value. A function that this driver's library lacks returns {@link NvmlReturn#FUNCTION_NOT_FOUND}, so that it disables
 * what needs it and nothing else. No call allocates. JNA must have been loaded. Used by one thread at a time.
 */
class Nvml {
    /** Scope of a field: the GPU and its memory, or the module it shares with a processor (nvml.h, NVML_POWER_SCOPE). */
    static final int SCOPE_GPU = 0;

    static final int SCOPE_MODULE = 1;

    /** NVML_FI_DEV_POWER_AVERAGE: milliwatts, mean over a second. */
    static final int FIELD_POWER_AVERAGE = 185;
    /** NVML_FI_DEV_POWER_INSTANT: milliwatts. */
    static final int FIELD_POWER_INSTANT = 186;
    /** NVML_FI_DEV_POWER_MAX_LIMIT: milliwatts, of a scope. */
    static final int FIELD_POWER_MAX_LIMIT = 188;
    /** NVML_FI_DEV_POWER_CURRENT_LIMIT: milliwatts, of a scope. */
    static final int FIELD_POWER_CURRENT_LIMIT = 190;
    /** NVML_FI_DEV_ENERGY: millijoules since the driver was loaded, of a scope. */
    static final int FIELD_ENERGY = 191;

    private static final int FIRST = 0;
    private static final int SECOND = 8;
    private static final int TEXT = 64;
    private static final int TEXT_LENGTH = 96;
    private static final int FIELD = 192;
    private static final int ATTRIBUTES = 256;
    private static final int BLOCK = 320;

    /** nvmlFieldValue_t, 40 bytes. */
    private static final int FIELD_SCOPE = 4;

    private static final int FIELD_TYPE = 24;
    private static final int FIELD_RETURN = 28;
    private static final int FIELD_VALUE = 32;

    /** nvmlDeviceAttributes_t.gpuInstanceSliceCount. */
    private static final int SLICE_COUNT = 24;

    /** What a terminal would obey, or a line would end with. */
    private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");

    private static final int RTLD_LAZY = 1;
    private static final Absent ABSENT = () -> NvmlReturn.FUNCTION_NOT_FOUND;

    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.nativeOrder());
    private final long base = address(block);

    private Nvml() {}

    /** Stands in for functions the library lacks; its caller's arguments are simply not looked at. */
    private interface Absent extends Callback {
        int code();
    }

    /**
     * Loads the library.
     *
     * @param library its file, or the name the system's loader knows it by
     * @throws UnsatisfiedLinkError if it cannot be loaded
     */
    static Nvml load(String library) {
        Map<String, Object> options = new HashMap<>();
        options.put(Library.OPTION_SYMBOL_PROVIDER, (SymbolProvider) Nvml::addressOf);
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            // Not RTLD_GLOBAL, JNA's own choice: the library's symbols are nothing to the host's.
            options.put(Library.OPTION_OPEN_FLAGS, RTLD_LAZY);
        }
        Native.register(NvmlFunctions.class, NativeLibrary.getInstance(library, options));
        return new Nvml();
    }

    private static long addressOf(long handle, String symbol, SymbolProvider library) {
        try {
            return library.getSymbolAddress(handle, symbol, library);
        } catch (UnsatisfiedLinkError absent) {
            if (symbol.endsWith("_v3")) {
                // The process list has had the same layout since its second version.
                return addressOf(handle, symbol.replace("_v3", "_v2"), library);
            }
            return Pointer.nativeValue(CallbackReference.getFunctionPointer(ABSENT));
        }
    }

    static long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    int init() {
        return NvmlFunctions.nvmlInit_v2();
    }

    int shutdown() {
        return NvmlFunctions.nvmlShutdown();
    }

    /** {@link #text()} is the driver's version. */
    int driverVersion() {
        return NvmlFunctions.nvmlSystemGetDriverVersion(base + TEXT, TEXT_LENGTH);
    }

    /** {@link #number()} is how many GPUs there are, those included that may not be used. */
    int deviceCount() {
        return NvmlFunctions.nvmlDeviceGetCount_v2(base + FIRST);
    }

    /** {@link #handle()} is the device at an index, in the order of PCI addresses. */
    int device(int index) {
        return NvmlFunctions.nvmlDeviceGetHandleByIndex_v2(index, base + FIRST);
    }

    /** {@link #handle()} is the device of a UUID. */
    int device(String uuid) {
        byte[] bytes = uuid.getBytes(StandardCharsets.US_ASCII);
        block.put(TEXT, bytes).put(TEXT + bytes.length, (byte) 0);
        return NvmlFunctions.nvmlDeviceGetHandleByUUID(base + TEXT, base + FIRST);
    }

    /** {@link #text()} is the UUID of a GPU or of a MIG device. */
    int uuid(long device) {
        return NvmlFunctions.nvmlDeviceGetUUID(device, base + TEXT, TEXT_LENGTH);
    }

    /** Whether a device tells this UUID. */
    boolean hasUuid(long device, String uuid) {
        return uuid(device) == NvmlReturn.SUCCESS && text().equals(uuid);
    }

    /** {@link #text()} is the product's name. */
    int name(long device) {
        return NvmlFunctions.nvmlDeviceGetName(device, base + TEXT, TEXT_LENGTH);
    }

    /** {@link #number()} is the major and {@link #secondNumber()} the minor number. */
    int computeCapability(long device) {
        return NvmlFunctions.nvmlDeviceGetCudaComputeCapability(device, base + FIRST, base + SECOND);
    }

    /** {@link #number()} is NVML's own number of the architecture. */
    int architecture(long device) {
        return NvmlFunctions.nvmlDeviceGetArchitecture(device, base + FIRST);
    }

    /** {@link #longNumber()} is the energy in millijoules since the driver was loaded. */
    int energy(long device) {
        return NvmlFunctions.nvmlDeviceGetTotalEnergyConsumption(device, base + FIRST);
    }

    /** {@link #number()} is the power in milliwatts. */
    int power(long device) {
        return NvmlFunctions.nvmlDeviceGetPowerUsage(device, base + FIRST);
    }

    /** {@link #longNumber()} is the field's value; the code is the call's or the field's own. */
    int field(long device, int fieldId, int scope) {
        block.putInt(FIELD, fieldId).putInt(FIELD + FIELD_SCOPE, scope);
        int code = NvmlFunctions.nvmlDeviceGetFieldValues(device, 1, base + FIELD);
        if (code != NvmlReturn.SUCCESS) {
            return code;
        }
        block.putLong(FIRST, fieldValue());
        return block.getInt(FIELD + FIELD_RETURN);
    }

    /** A field's value is a union; which member counts is told beside it. */
    private long fieldValue() {
        int at = FIELD + FIELD_VALUE;
        return switch (block.getInt(FIELD + FIELD_TYPE)) {
            case 0 -> Math.round(block.getDouble(at));
            case 1 -> Integer.toUnsignedLong(block.getInt(at));
            case 5 -> block.getInt(at);
            case 6 -> Short.toUnsignedLong(block.getShort(at));
            default -> block.getLong(at);
        };
    }

    /** {@link #number()} is the power limit in force, in milliwatts. */
    int powerLimit(long device) {
        return NvmlFunctions.nvmlDeviceGetEnforcedPowerLimit(device, base + FIRST);
    }

    /** {@link #secondNumber()} is the highest power limit that can be set, in milliwatts. */
    int powerLimits(long device) {
        return NvmlFunctions.nvmlDeviceGetPowerManagementLimitConstraints(device, base + FIRST, base + SECOND);
    }

    /** {@link #number()} is the percentage of time in which a kernel ran. */
    int utilisation(long device) {
        return NvmlFunctions.nvmlDeviceGetUtilizationRates(device, base + FIRST);
    }

    /** {@link #number()} is 1 where the device is cut into MIG devices. */
    int migMode(long device) {
        return NvmlFunctions.nvmlDeviceGetMigMode(device, base + FIRST, base + SECOND);
    }

    /** {@link #number()} is how many MIG devices there can be, which is how many slices the device has. */
    int migDeviceCount(long device) {
        return NvmlFunctions.nvmlDeviceGetMaxMigDeviceCount(device, base + FIRST);
    }

    /** {@link #handle()} is a MIG device. */
    int migDevice(long device, int index) {
        return NvmlFunctions.nvmlDeviceGetMigDeviceHandleByIndex(device, index, base + FIRST);
    }

    /** {@link #number()} is the GPU instance that a MIG device belongs to. */
    int gpuInstance(long mig) {
        return NvmlFunctions.nvmlDeviceGetGpuInstanceId(mig, base + FIRST);
    }

    /** {@link #number()} is the compute instance of a MIG device. */
    int computeInstance(long mig) {
        return NvmlFunctions.nvmlDeviceGetComputeInstanceId(mig, base + FIRST);
    }

    /** {@link #number()} is how many slices the GPU instance of a MIG device has. */
    int sliceCount(long mig) {
        int code = NvmlFunctions.nvmlDeviceGetAttributes_v2(mig, base + ATTRIBUTES);
        block.putInt(FIRST, block.getInt(ATTRIBUTES + SLICE_COUNT));
        return code;
    }

    int number() {
        return block.getInt(FIRST);
    }

    int secondNumber() {
        return block.getInt(SECOND);
    }

    long longNumber() {
        return block.getLong(FIRST);
    }

    long handle() {
        return block.getLong(FIRST);
    }

    String text() {
        int length = 0;
        while (length < TEXT_LENGTH && block.get(TEXT + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        block.get(TEXT, bytes);
        return NOT_SHOWN
                .matcher(new String(bytes, StandardCharsets.UTF_8))
                .replaceAll("?")
                .strip();
    }

    private void put(long number) {
        block.putLong(FIRST, number);
    }
}
