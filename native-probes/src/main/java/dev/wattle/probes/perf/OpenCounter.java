/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import dev.wattle.core.probe.Component;

/**
 * A counter's open event. When it cannot be read it is closed; a new event starts at zero.
 *
 * <p>If the event's processor goes offline, the event moves to another one of the package. If there is no other, the kernel
 * keeps the count and reports no error, so a count that does not change for long is treated as gone. Used by one thread.
 */
final class OpenCounter {
    /** Every package and every bank of memory uses some energy in this time. */
    private static final long STANDSTILL_NANOS = 10_000_000_000L;

    private static final int CLOSED = -1;

    private final KernelCalls kernel;
    private final PackageCounter counter;
    private int descriptor = CLOSED;
    private long count = KernelCalls.NONE;
    private long movedNanos;
    private String trouble = "";
    private boolean forbidden;
    private boolean outOfFiles;

    OpenCounter(KernelCalls kernel, PackageCounter counter) {
        this.kernel = kernel;
        this.counter = counter;
    }

    PackageCounter counter() {
        return counter;
    }

    boolean isOfProcessor() {
        return counter.part().component() == Component.CPU;
    }

    /** Why it was last not open or had no count, in words for the user. */
    String trouble() {
        return trouble;
    }

    /** Whether permission to open it is missing. */
    boolean isForbidden() {
        return forbidden;
    }

    /** Whether it could not be opened because this process, or the machine, may not open more files. */
    boolean isOutOfFiles() {
        return outOfFiles;
    }

    /** Opens the event if it is not open; returns whether it is open. */
    boolean open() {
        if (descriptor == CLOSED) {
            int result = kernel.open(counter.event().type(), counter.event().config(), counter.cpu());
            if (result < 0) {
                forbidden = Errno.isOfPermission(-result);
                outOfFiles = Errno.isOfOpenFiles(-result);
                trouble = counter.place() + " cannot be opened (" + Errno.text(-result) + ")";
                return false;
            }
            descriptor = result;
            count = KernelCalls.NONE;
        }
        return true;
    }

    /** The count at an instant, or {@link KernelCalls#NONE} after closing the event. Requires an open event. */
    long read(long nanos) {
        long now = kernel.read(descriptor);
        if (now < 0) {
            giveUp(" has ended");
            return KernelCalls.NONE;
        }
        if (now != count) {
            count = now;
            movedNanos = nanos;
        } else if (nanos - movedNanos >= STANDSTILL_NANOS) {
            giveUp(" has not moved for " + (nanos - movedNanos) / 1_000_000_000 + " s");
            return KernelCalls.NONE;
        }
        return now;
    }

    /** Whether the event has counted anything since it was opened. Requires an open event. */
    boolean hasMoved() {
        return kernel.read(descriptor) > 0;
    }

    long microjoules(long counts) {
        return counter.event().unit().microjoules(counts);
    }

    void close() {
        if (descriptor != CLOSED) {
            kernel.release(descriptor);
            descriptor = CLOSED;
        }
    }

    private void giveUp(String why) {
        trouble = counter.place() + why;
        close();
    }
}
