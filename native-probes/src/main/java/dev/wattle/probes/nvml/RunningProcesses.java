/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The compute processes of one GPU, and how busy each kept it lately.
 *
 * <p>Process ids are those of this process's namespace where the driver translates them, as open drivers since 595 do;
 * elsewhere a container's own process is not found. Allocates only while lists grow. Used by one thread.
 */
final class RunningProcesses {
    /** nvmlProcessInfo_t, second layout: pid, used memory, GPU instance, compute instance. */
    private static final int PROCESS_BYTES = 24;

    private static final int PROCESS_MEMORY = 8;
    private static final int PROCESS_GPU_INSTANCE = 16;

    /** nvmlProcessUtilizationSample_t: pid, time in microseconds, SM, memory, encoder and decoder per cent. */
    private static final int SAMPLE_BYTES = 32;

    private static final int SAMPLE_TIME = 8;
    private static final int SAMPLE_SM = 16;

    private static final int FIRST_CAPACITY = 32;
    private static final int LARGEST_CAPACITY = 1 << 14;
    private static final long NO_MEMORY = -1;

    private final int ownPid;
    private final ByteBuffer count = direct(8);
    private final long countAddress = Nvml.address(count);
    private ByteBuffer list = direct(FIRST_CAPACITY * PROCESS_BYTES);
    private long listAddress = Nvml.address(list);
    private ByteBuffer samples = direct(FIRST_CAPACITY * SAMPLE_BYTES);
    private long samplesAddress = Nvml.address(samples);

    private boolean mayHaveMps = true;
    private boolean underMps;
    private int own;
    private int others;
    private long ownMemory;
    private long allMemory;
    private boolean memoryKnown;
    private int ownGpuInstance;
    private long ownActivity;
    private long allActivity;
    private long newestMicros;

    RunningProcesses(long ownPid) {
        this.ownPid = (int) ownPid;
    }

    /**
     * Lists the processes; other methods tell of this list. Where this process is not on it and others are, one of them
     * may be a server of MPS that computes for it: then the list of its clients counts, and the server does not.
     */
    int list(long device) {
        int code = list(device, false);
        underMps = false;
        if (code == NvmlReturn.SUCCESS && own == 0 && others > 0 && mayHaveMps) {
            int beside = others;
            int clients = list(device, true);
            mayHaveMps = clients != NvmlReturn.FUNCTION_NOT_FOUND && clients != NvmlReturn.NOT_SUPPORTED;
            underMps = own > 0;
            if (own == 0) {
                others = beside;
            }
        }
        return code;
    }

    private int list(long device, boolean clientsOfMps) {
        int code;
        do {
            count.putInt(0, list.capacity() / PROCESS_BYTES);
            code = clientsOfMps
                    ? NvmlFunctions.nvmlDeviceGetMPSComputeRunningProcesses_v3(device, countAddress, listAddress)
                    : NvmlFunctions.nvmlDeviceGetComputeRunningProcesses_v3(device, countAddress, listAddress);
            if (code == NvmlReturn.INSUFFICIENT_SIZE) {
                list = larger(list, PROCESS_BYTES);
                listAddress = Nvml.address(list);
            }
        } while (code == NvmlReturn.INSUFFICIENT_SIZE && list.capacity() < LARGEST_CAPACITY * PROCESS_BYTES);
        own = 0;
        others = 0;
        ownMemory = 0;
        allMemory = 0;
        memoryKnown = true;
        if (code == NvmlReturn.SUCCESS) {
            for (int i = 0; i < count.getInt(0); i++) {
                add(i * PROCESS_BYTES);
            }
        }
        return code;
    }

    private void add(int at) {
        long memory = list.getLong(at + PROCESS_MEMORY);
        memoryKnown &= memory != NO_MEMORY;
        allMemory += memory;
        if (list.getInt(at) == ownPid) {
            own++;
            ownMemory += memory;
            ownGpuInstance = list.getInt(at + PROCESS_GPU_INSTANCE);
        } else {
            others++;
        }
    }

    /** Whether this process is on the list. */
    boolean hasOwn() {
        return own > 0;
    }

    /** How many others are on the list. */
    int others() {
        return others;
    }

    /** The MIG GPU instance of this process; only of a device that is cut into such. */
    int ownGpuInstance() {
        return ownGpuInstance;
    }

    /** This process's part of the memory that processes use, or NaN where the driver does not tell. */
    double memoryShare() {
        return memoryKnown && allMemory > 0 ? (double) ownMemory / allMemory : Double.NaN;
    }

    /** Reads how busy processes kept the GPU's multiprocessors since a time; other methods tell of that stretch. */
    int sampleActivity(long device, long sinceMicros) {
        int code;
        do {
            count.putInt(0, samples.capacity() / SAMPLE_BYTES);
            code = NvmlFunctions.nvmlDeviceGetProcessUtilization(device, samplesAddress, countAddress, sinceMicros);
            if (code == NvmlReturn.INSUFFICIENT_SIZE) {
                samples = larger(samples, SAMPLE_BYTES);
                samplesAddress = Nvml.address(samples);
            }
        } while (code == NvmlReturn.INSUFFICIENT_SIZE && samples.capacity() < LARGEST_CAPACITY * SAMPLE_BYTES);
        ownActivity = 0;
        allActivity = 0;
        newestMicros = sinceMicros;
        if (code == NvmlReturn.SUCCESS) {
            for (int i = 0; i < count.getInt(0); i++) {
                addActivity(i * SAMPLE_BYTES, sinceMicros);
            }
        }
        if (underMps && ownActivity == 0) {
            // What a server does for its clients is the server's.
            return NvmlReturn.NOT_SUPPORTED;
        }
        // The driver's word for "nobody did anything".
        return code == NvmlReturn.NOT_FOUND ? NvmlReturn.SUCCESS : code;
    }

    private void addActivity(int at, long sinceMicros) {
        long micros = samples.getLong(at + SAMPLE_TIME);
        if (micros <= sinceMicros) {
            return;
        }
        newestMicros = Math.max(newestMicros, micros);
        long percent = Integer.toUnsignedLong(samples.getInt(at + SAMPLE_SM));
        allActivity += percent;
        if (samples.getInt(at) == ownPid) {
            ownActivity += percent;
        }
    }

    /** The time of the newest sample, in microseconds of the driver's clock. */
    long newestMicros() {
        return newestMicros;
    }

    /** This process's part of the activity, or NaN where there was none. */
    double activityShare() {
        return allActivity > 0 ? (double) ownActivity / allActivity : Double.NaN;
    }

    private static ByteBuffer larger(ByteBuffer full, int entryBytes) {
        int entries = full.capacity() / entryBytes;
        return direct((entries + entries / 2) * entryBytes);
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
