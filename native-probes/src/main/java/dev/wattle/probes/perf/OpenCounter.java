/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import dev.wattle.core.probe.Component;

/**
 * A counter's open event. Once it cannot be read it is closed for good: the next one begins at zero.
 *
 * <p>An event whose processor goes offline moves on to another of its package. Where there is no other, the kernel
 * leaves the count as it is and reports no error, so a count that stands still for long counts as gone. For one thread.
 */
final class OpenCounter {
    /** No package and no bank of memory draws nothing for so long. */
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

    /** Why it was last not open or gave no count, for a person. */
    String trouble() {
        return trouble;
    }

    /** Whether it could not be opened for want of permission. */
    boolean isForbidden() {
        return forbidden;
    }

    /** Whether it could not be opened because this process, or the machine, has as many files open as it may. */
    boolean isOutOfFiles() {
        return outOfFiles;
    }

    /** Opens the event where it is not open; says whether it is. */
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

    /** The count at an instant, or {@link KernelCalls#NONE}, and then the event is closed. Only where it is open. */
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

    /** Whether the event has counted anything since it was opened. Only where it is open. */
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
