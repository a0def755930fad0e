/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import java.nio.ByteBuffer;

/**
 * The compute processes of one GPU, and how much each has used it lately.
 *
 * <p>Process ids are those of this process's namespace if the driver translates them, as open drivers since 595 do.
 * Otherwise a process in a container is not found. Allocates only when a list grows. Used by one thread.
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

    private static final int INITIAL_CAPACITY = 32;
    private static final int MAX_CAPACITY = 1 << 14;
    private static final long NO_MEMORY = -1;

    private final int ownPid;
    private final ByteBuffer count = NvmlBlock.direct(8);
    private final long countAddress = NvmlBlock.address(count);
    private ByteBuffer list = NvmlBlock.direct(INITIAL_CAPACITY * PROCESS_BYTES);
    private long listAddress = NvmlBlock.address(list);
    private ByteBuffer samples = NvmlBlock.direct(INITIAL_CAPACITY * SAMPLE_BYTES);
    private long samplesAddress = NvmlBlock.address(samples);

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
     * Lists the processes, for the methods below. If this process is not on the list but others are, one of them may be an
     * MPS server that computes for it: then the list of the server's clients counts, and the server does not.
     */
    int list(long device) {
        int code = list(device, false);
        underMps = false;
        if (code == NvmlReturn.SUCCESS && own == 0 && others > 0 && mayHaveMps) {
            int listed = others;
            int clients = list(device, true);
            mayHaveMps = clients != NvmlReturn.FUNCTION_NOT_FOUND && clients != NvmlReturn.NOT_SUPPORTED;
            underMps = own > 0;
            if (own == 0) {
                others = listed;
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
                listAddress = NvmlBlock.address(list);
            }
        } while (code == NvmlReturn.INSUFFICIENT_SIZE && list.capacity() < MAX_CAPACITY * PROCESS_BYTES);
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

    /** The number of other processes on the list. */
    int others() {
        return others;
    }

    /** The MIG GPU instance of this process; only for a device that is divided. */
    int ownGpuInstance() {
        return ownGpuInstance;
    }

    /** This process's share of the memory that all processes use; NaN if the driver does not report it. */
    double memoryShare() {
        return memoryKnown && allMemory > 0 ? (double) ownMemory / allMemory : Double.NaN;
    }

    /** Reads how much processes have used the GPU's multiprocessors since a time, for the methods below. */
    int sampleActivity(long device, long sinceMicros) {
        int code;
        do {
            count.putInt(0, samples.capacity() / SAMPLE_BYTES);
            code = NvmlFunctions.nvmlDeviceGetProcessUtilization(device, samplesAddress, countAddress, sinceMicros);
            if (code == NvmlReturn.INSUFFICIENT_SIZE) {
                samples = larger(samples, SAMPLE_BYTES);
                samplesAddress = NvmlBlock.address(samples);
            }
        } while (code == NvmlReturn.INSUFFICIENT_SIZE && samples.capacity() < MAX_CAPACITY * SAMPLE_BYTES);
        ownActivity = 0;
        allActivity = 0;
        newestMicros = sinceMicros;
        if (code == NvmlReturn.SUCCESS) {
            for (int i = 0; i < count.getInt(0); i++) {
                addActivity(i * SAMPLE_BYTES, sinceMicros);
            }
        }
        if (underMps && ownActivity == 0) {
            // The driver counts an MPS server's work for its clients as the server's.
            return NvmlReturn.NOT_SUPPORTED;
        }
        // The driver returns this if no process was active.
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

    /** This process's share of the activity; NaN if there was none. */
    double activityShare() {
        return allActivity > 0 ? (double) ownActivity / allActivity : Double.NaN;
    }

    private static ByteBuffer larger(ByteBuffer full, int entryBytes) {
        int entries = full.capacity() / entryBytes;
        return NvmlBlock.direct((entries + entries / 2) * entryBytes);
    }
}
