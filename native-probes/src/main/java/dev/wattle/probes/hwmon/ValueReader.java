/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Readings;
import java.nio.file.Path;

/**
 * Reads a domain that is one number in one file, while its device is awake.
 *
 * <p>If the device is awake and the file cannot be read, the reading fails, and the next one opens the file again.
 */
final class ValueReader implements DomainReader {
    private final RuntimeStatus status;
    private final KernelFile file;
    private final long minimum;
    private final Handover handover;
    private boolean replacedNoted;

    private ValueReader(RuntimeStatus status, Path path, long minimum, Handover handover) {
        this.status = status;
        this.file = new KernelFile(path, HwmonProbe.CAPACITY);
        this.minimum = minimum;
        this.handover = handover;
    }

    /** Reads microjoules. */
    static ValueReader ofCounter(RuntimeStatus status, Path path) {
        return new ValueReader(status, path, 0, Readings::counter);
    }

    /**
     * Reads microwatts. A zero is not a power: a GPU that is awake draws some watts, and its driver shows 0 if its firmware
     * has no value yet, or less than its step of one watt.
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
        if (value >= minimum) {
            handover.to(into, domain, before, after, value);
            if (file.wasReplaced() && !replacedNoted) {
                replacedNoted = true;
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
