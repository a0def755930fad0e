/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A counter's file that is written again and again, and what stood there at any time.
 *
 * <p>The kernel's counters are exact when they are read; this one is as old as its last write. So the truth about a
 * reading is what had been written by then. One thread writes, any thread asks.
 */
final class DrivenCounter implements AutoCloseable {
    /** As long as any value, so that a shorter one leaves nothing of the one before in its line. */
    private static final String LINE = "%-19d\n";

    private final Waveform wave;
    private final long start;
    private final long range;
    private final RandomAccessFile file;
    private final TreeMap<Long, Long> begun = new TreeMap<>();
    private final TreeMap<Long, Long> done = new TreeMap<>();

    /** @param start the counter's value at first; it wraps at {@code range}, both in microjoules */
    DrivenCounter(Path energyFile, Waveform wave, long start, long range) throws IOException {
        this.wave = wave;
        this.start = start;
        this.range = range;
        this.file = new RandomAccessFile(energyFile.toFile(), "rw");
    }

    /** Writes the value that the curve has after {@code seconds}, on top of what was drawn before it began. */
    synchronized void write(double joulesBefore, double seconds) throws IOException {
        long microjoules = Math.round((joulesBefore + wave.joules(seconds)) * 1e6);
        byte[] line =
                String.format(Locale.ROOT, LINE, (start + microjoules) % range).getBytes(StandardCharsets.ISO_8859_1);
        begun.put(System.nanoTime(), microjoules);
        file.seek(0);
        file.write(line);
        done.put(System.nanoTime(), microjoules);
    }

    /** The energy that a reader must have seen between two instants, to a write that was going on at either. */
    synchronized Bounds between(Moment from, Moment to) {
        return new Bounds(
                at(done, to.earliestNanos()) - at(begun, from.latestNanos()),
                at(begun, to.latestNanos()) - at(done, from.earliestNanos()));
    }

    /**
     * The same for a reader that reads at least every {@code periodNanos} and draws a line between two readings: its energy
     * at an instant lies between those of the writes before and after, however late these were.
     */
    synchronized Bounds betweenLines(Moment from, Moment to, long periodNanos) {
        return new Bounds(
                at(done, to.earliestNanos() - periodNanos) - next(begun, from.latestNanos() + periodNanos),
                next(begun, to.latestNanos() + periodNanos) - at(done, from.earliestNanos() - periodNanos));
    }

    /** The energy of the curve itself, in microjoules, between two times since it began. */
    long curve(double fromSeconds, double toSeconds) {
        return Math.round((wave.joules(toSeconds) - wave.joules(fromSeconds)) * 1e6);
    }

    /** Whether the counter began anew between these instants. */
    synchronized boolean wrapsBetween(long fromNanos, long toNanos) {
        return (start + at(done, fromNanos)) / range < (start + at(done, toNanos)) / range;
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    private static long at(TreeMap<Long, Long> written, long nanos) {
        Map.Entry<Long, Long> last = written.floorEntry(nanos);
        if (last == null) {
            throw new IllegalArgumentException("nothing was written yet");
        }
        return last.getValue();
    }

    private static long next(TreeMap<Long, Long> written, long nanos) {
        Map.Entry<Long, Long> next = written.ceilingEntry(nanos);
        return next == null ? written.lastEntry().getValue() : next.getValue();
    }

    /** An instant of System.nanoTime() that is known to lie between two. */
    record Moment(long earliestNanos, long latestNanos) {
        static Moment at(long nanos) {
            return new Moment(nanos, nanos);
        }
    }

    /** An energy that is known to lie between two, in microjoules. */
    record Bounds(long least, long most) {}
}
