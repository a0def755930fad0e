/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Readings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads one zone's counter from a file that stays open; allocates nothing while it can be read. For one thread.
 *
 * <p>A zone whose directory is gone, as that of a package taken offline, is lost: when it is back it may have started
 * anew, lower or higher. A file that is missing in a directory that is there is being written anew, and its counter goes
 * on. So does one that stands still for minutes: what copies it has stopped, and nothing is known until it moves. A zone that
 * is called otherwise than when it was chosen is another zone, and lost too.
 */
final class ZoneReader {
    /** A processor's counter moves every millisecond; the slowest copies of one are written once a minute. */
    private static final long STANDSTILL_NANOS = 150_000_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Of Linux' own the longest has 21 characters. */
    private static final int LONGEST_NAME = 64;

    /** The longest time in which a name that was right is not read again. */
    private static final long LOOK_AGAIN_NANOS = 10_000_000_000L;

    /** No processor and no memory: the zone may be another one by now. */
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
     * @param path what is read
     * @param shown what a person is told of it
     * @param name what its zone was called when it was chosen
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
                into.note(domain, shown + " is replaced each time it is written; it is opened anew for that");
            }
        }
    }

    /** Of a zone that was gone, a counter that fell or one that leapt the name is read again. */
    private boolean mayBeAnother(long now, long nanos) {
        boolean odd = now < microjoules || (now - microjoules) / IMPOSSIBLE_MICROJOULES_A_NANO > nanos - readNanos;
        boolean due = gone || (microjoules >= 0 && odd && nanos - lookedNanos >= LOOK_AGAIN_NANOS);
        readNanos = nanos;
        if (due) {
            lookedNanos = nanos;
        }
        return due;
    }

    /** A kernel numbers its zones anew when processors come and go, and so does whatever copies them. */
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
