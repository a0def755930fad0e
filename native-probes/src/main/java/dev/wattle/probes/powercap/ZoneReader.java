/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Readings;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads one zone's counter from a file that stays open; allocates nothing while it can be read. For one thread.
 *
 * <p>A zone whose directory is gone, as that of a package taken offline, is lost: when it is back it may have started
 * anew, lower or higher. A file that is missing in a directory that is there is being written anew, and its counter goes
 * on. So does one that stands still for minutes: what copies it has stopped, and nothing is known until it moves.
 */
final class ZoneReader {
    /** A processor's counter moves every millisecond; the slowest copies of one are written once a minute. */
    private static final long STANDSTILL_NANOS = 150_000_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Path directory;
    private final Path shown;
    private final KernelFile file;
    private long microjoules = KernelFile.NONE;
    private long movedNanos;
    private boolean toldReplaced;

    /**
     * @param path what is read
     * @param shown what a person is told of it
     */
    ZoneReader(Path path, Path shown) {
        this.directory = path.resolveSibling("");
        this.shown = shown;
        this.file = new KernelFile(path, PowercapProbe.CAPACITY);
    }

    void read(int domain, Readings into) {
        long before = into.nanoTime();
        long now = file.refresh() ? file.onlyNumber() : KernelFile.NONE;
        long after = into.nanoTime();
        if (now < 0) {
            miss(domain, into);
        } else if (standsStill(now, before)) {
            into.failed(domain, shown + " has not moved for " + (before - movedNanos) / NANOS_PER_SECOND + " s");
        } else {
            into.counter(domain, before, after, now);
            if (file.wasReplaced() && !toldReplaced) {
                toldReplaced = true;
                into.note(domain, shown + " is replaced each time it is written; it is opened anew for that");
            }
        }
    }

    private boolean standsStill(long now, long nanos) {
        if (now != microjoules) {
            microjoules = now;
            movedNanos = nanos;
        }
        return nanos - movedNanos >= STANDSTILL_NANOS;
    }

    private void miss(int domain, Readings into) {
        String trouble = file.trouble();
        file.close();
        if (Files.isDirectory(directory)) {
            into.failed(domain, trouble);
        } else {
            microjoules = KernelFile.NONE;
            into.lost(domain, shown + " is gone");
        }
    }

    void close() {
        file.close();
    }
}
