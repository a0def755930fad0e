/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Readings;
import java.nio.file.Path;

/**
 * Reads a domain that is one number in one file, as long as its device is awake.
 *
 * <p>A file that cannot be read although the device is awake is failed, and opened anew when it is next wanted.
 */
final class ValueReader implements DomainReader {
    private final RuntimeStatus status;
    private final KernelFile file;
    private final long least;
    private final Handover handover;
    private boolean toldReplaced;

    private ValueReader(RuntimeStatus status, Path path, long least, Handover handover) {
        this.status = status;
        this.file = new KernelFile(path, HwmonProbe.CAPACITY);
        this.least = least;
        this.handover = handover;
    }

    /** Reads microjoules. */
    static ValueReader ofCounter(RuntimeStatus status, Path path) {
        return new ValueReader(status, path, 0, Readings::counter);
    }

    /**
     * Reads microwatts. A zero is not taken for a power: a GPU that is awake draws some watts, and its driver shows 0 where
     * its firmware has no figure yet, or less than the watt that is its step.
     */
    static ValueReader ofPower(RuntimeStatus status, Path path) {
        return new ValueReader(status, path, 1, Readings::power);
    }

    @Override
    public void read(int domain, Readings into) {
        if (status.isAsleep()) {
            into.silent(domain);
            return;
        }
        long before = into.nanoTime();
        long value = file.refresh() ? file.onlyNumber() : KernelFile.NONE;
        long after = into.nanoTime();
        if (value >= least) {
            handover.to(into, domain, before, after, value);
            if (file.wasReplaced() && !toldReplaced) {
                toldReplaced = true;
                into.note(domain, DomainReader.REPLACED);
            }
        } else if (value >= 0 || status.isAsleep()) {
            into.silent(domain);
        } else {
            String trouble = file.trouble();
            file.close();
            into.failed(domain, trouble);
        }
    }

    @Override
    public void close() {
        status.close();
        file.close();
    }

    private interface Handover {
        void to(Readings into, int domain, long beforeNanos, long afterNanos, long value);
    }
}
