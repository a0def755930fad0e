/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * Opens, reads and closes perf events.
 *
 * <p>Loading this class uses JNA, so {@link dev.wattle.probes.jna.PrivateJna#load} must be called before. All arguments for
 * the kernel are in one block outside the heap. A reading does not allocate. Used by one thread.
 */
final class KernelCalls implements AutoCloseable {
    /** What {@link #read} returns if there is no count. */
    static final long NONE = -1;

    // struct perf_event_attr as of its first version, and behind it the room for a count (linux/perf_event.h).
    private static final int TYPE = 0;
    private static final int SIZE = 4;
    private static final int CONFIG = 8;
    private static final int ATTR_SIZE_VER0 = 64;
    private static final int COUNT = ATTR_SIZE_VER0;
    private static final int COUNT_SIZE = 8;
    private static final int BLOCK_SIZE = COUNT + COUNT_SIZE;

    private static final long ANY_PROCESS = -1;
    private static final long NO_GROUP = -1;
    private static final long FLAG_FD_CLOEXEC = 8;

    static {
        NativeLibrary process = NativeLibrary.getProcess();
        Native.register(KernelCalls.class, process);
        // What was found stays valid, since no process unloads its C library. JNA keeps a thread while a library is
        // open.
        process.close();
    }

    private final long openNumber;
    private final Pointer block = new Pointer(Native.malloc(BLOCK_SIZE));
    private boolean closed;

    /** @param openNumber the number of perf_event_open on this architecture */
    KernelCalls(long openNumber) {
        this.openNumber = openNumber;
        block.clear(BLOCK_SIZE);
    }

    /** Opens an event for all processes on one processor; it counts from zero. Returns a descriptor, or -errno. */
    int open(int type, long config, int cpu) {
        block.setInt(TYPE, type);
        block.setInt(SIZE, ATTR_SIZE_VER0);
        block.setLong(CONFIG, config);
        long descriptor = syscall(openNumber, Pointer.nativeValue(block), ANY_PROCESS, cpu, NO_GROUP, FLAG_FD_CLOEXEC);
        return descriptor >= 0 ? (int) descriptor : -Native.getLastError();
    }

    /** The count of an open event, or {@link #NONE} if it has ended or cannot be read. */
    long read(int descriptor) {
        if (closed) {
            return NONE;
        }
        long bytes = read(descriptor, Pointer.nativeValue(block) + COUNT, COUNT_SIZE);
        return bytes == COUNT_SIZE ? block.getLong(COUNT) : NONE;
    }

    /** Closes a descriptor. */
    void release(int descriptor) {
        close(descriptor);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Native.free(Pointer.nativeValue(block));
        }
    }

    private static native long syscall(long number, long attr, long pid, long cpu, long group, long flags);

    private static native long read(long descriptor, long buffer, long size);

    private static native int close(int descriptor);
}
