/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Readings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads one zone's counter from a file that stays open. Does not allocate while it can be read. Used by one thread.
 *
 * <p>A zone whose directory is gone, for example because its package went offline, is lost: when it is back, its counter may
 * have started again, lower or higher. If only the file is missing, a program is rewriting it, and the counter continues. A
 * counter that does not change for minutes continues too: the program that copies it has stopped, and there is a gap until
 * it changes. A zone whose name has changed is another zone, so it is lost.
 */
final class ZoneReader {
    /** A processor's counter changes every millisecond; the slowest copies are written once a minute. */
    private static final long STANDSTILL_NANOS = 150_000_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The longest name in Linux has 21 characters. */
    private static final int LONGEST_NAME = 64;

    /** The maximum time until the name is checked again. */
    private static final long LOOK_AGAIN_NANOS = 10_000_000_000L;

    /** More than any processor or memory draws: the zone may be another one now. */
    private static final long IMPOSSIBLE_MICROJOULES_A_NANO = 10;

    private final Path directory;
    private final Path shown;
    private final byte[] name;
    private final KernelFile nameFile;
    private final KernelFile file;
    private long microjoules = KernelFile.NONE;
    private long movedNanos;
    private long readNanos;
    private long lookedNanos = Long.MIN_VALUE / 2;
    private boolean gone;
    private boolean toldReplaced;

    /**
     * @param path the file to read
     * @param shown its path in texts for the user
     * @param name the name of the zone when it was selected
     */
    ZoneReader(Path path, Path shown, String name) {
        this.name = name.getBytes(StandardCharsets.ISO_8859_1);
        this.nameFile = KernelFile.ofPlainFile(path.resolveSibling("name"), LONGEST_NAME);
        this.directory = path.resolveSibling("");
        this.shown = shown;
        this.file = KernelFile.ofPlainFile(path, PowercapProbe.CAPACITY);
    }

    void read(int domain, Readings into) {
        long before = into.nanoTime();
        long now = file.refresh() ? file.onlyNumber() : KernelFile.NONE;
        long after = into.nanoTime();
        if (now < 0) {
            miss(domain, into);
        } else if (mayBeAnother(now, before) && isAnother()) {
            lose(domain, into, shown + " is of another zone now");
        } else if (standsStill(now, before)) {
            into.failed(domain, shown + " has not moved for " + (before - movedNanos) / NANOS_PER_SECOND + " s");
        } else {
            into.counter(domain, before, after, now);
            if (file.wasReplaced() && !toldReplaced) {
                toldReplaced = true;
                into.note(domain, shown + " is replaced each time it is written; it is reopened for that");
            }
        }
    }

    /** Checks the name again if the zone was gone, or its counter decreased or jumped. */
    private boolean mayBeAnother(long now, long nanos) {
        boolean odd = now < microjoules || (now - microjoules) / IMPOSSIBLE_MICROJOULES_A_NANO > nanos - readNanos;
        boolean due = gone || (microjoules >= 0 && odd && nanos - lookedNanos >= LOOK_AGAIN_NANOS);
        readNanos = nanos;
        if (due) {
            lookedNanos = nanos;
        }
        return due;
    }

    /** A kernel, or a program that copies its zones, may renumber them when processors come and go. */
    private boolean isAnother() {
        return nameFile.refresh() && !nameFile.firstLineIs(name);
    }

    private boolean standsStill(long now, long nanos) {
        gone = false;
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
            lose(domain, into, shown + " is gone");
        }
    }

    private void lose(int domain, Readings into, String why) {
        microjoules = KernelFile.NONE;
        gone = true;
        into.lost(domain, why);
    }

    void close() {
        nameFile.close();
        file.close();
    }
}
