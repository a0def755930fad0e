/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import java.util.Arrays;

/**
 * How many runs metered a device at each moment, by quality. Spans are added, then it is closed, then asked. Moments
 * are
 * nanoseconds since 1970. Not thread-safe.
 */
final class OverlapTimeline {

    private static final int QUALITIES = LedgerQuality.values().length;

    private long[] starts = new long[4];
    private long[] ends = new long[4];
    private byte[] qualities = new byte[4];
    private int spans;

    /** The moments at which a number changes, in order. */
    private long[] changes = {};

    /** From each of these moments on, the number of runs by quality. */
    private int[][] counts = {};

    void add(long start, long end, LedgerQuality quality) {
        if (spans == starts.length) {
            starts = Arrays.copyOf(starts, 2 * spans);
            ends = Arrays.copyOf(ends, 2 * spans);
            qualities = Arrays.copyOf(qualities, 2 * spans);
        }
        starts[spans] = start;
        ends[spans] = end;
        qualities[spans++] = (byte) quality.ordinal();
    }

    /** After the last span. */
    void close() {
        long[] moments = new long[2 * spans];
        System.arraycopy(starts, 0, moments, 0, spans);
        System.arraycopy(ends, 0, moments, spans, spans);
        changes = Arrays.stream(moments).sorted().distinct().toArray();
        counts = new int[changes.length][];
        int[][] difference = new int[changes.length][];
        for (int i = 0; i < spans; i++) {
            if (starts[i] < ends[i]) {
                addTo(difference, starts[i], qualities[i], 1);
                addTo(difference, ends[i], qualities[i], -1);
            }
        }
        int[] now = new int[QUALITIES];
        for (int i = 0; i < changes.length; i++) {
            int[] delta = difference[i];
            if (delta != null) {
                now = now.clone();
                for (int q = 0; q < QUALITIES; q++) {
                    now[q] += delta[q];
                }
            }
            counts[i] = now;
        }
        starts = new long[0];
        ends = starts;
        qualities = new byte[0];
    }

    private void addTo(int[][] difference, long moment, int quality, int change) {
        int at = Arrays.binarySearch(changes, moment);
        if (difference[at] == null) {
            difference[at] = new int[QUALITIES];
        }
        difference[at][quality] += change;
    }

    /** The next moment after this one at which a number changes, or the end of time. */
    long nextChange(long moment) {
        int next = indexAt(moment) + 1;
        return next < changes.length ? changes[next] : Long.MAX_VALUE;
    }

    /** The part of the energy at a moment that belongs to a run of this quality, from 0 to 1. */
    double part(long moment, LedgerQuality quality) {
        int at = indexAt(moment);
        if (at < 0) {
            return 1;
        }
        int[] now = counts[at];
        for (int better = 0; better < quality.ordinal(); better++) {
            if (now[better] > 0) {
                return 0;
            }
        }
        return 1.0 / Math.max(1, now[quality.ordinal()]);
    }

    /** Whether a run of this quality has to share with others, or leave them all, at any moment in between. */
    boolean isShared(long from, long to, LedgerQuality quality) {
        for (int i = Math.max(0, indexAt(from)); i < changes.length && changes[i] < to; i++) {
            int all = 0;
            for (int count : counts[i]) {
                all += count;
            }
            if (all > 1 && part(changes[i], quality) < 1) {
                return true;
            }
        }
        return false;
    }

    /** Whether any run metered it at any moment in between. */
    boolean isUsed(long from, long to) {
        for (int i = Math.max(0, indexAt(from)); i < changes.length && changes[i] < to; i++) {
            for (int count : counts[i]) {
                if (count > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The index of the latest change at or before the moment; -1 before the first. */
    private int indexAt(long moment) {
        int at = Arrays.binarySearch(changes, moment);
        return at >= 0 ? at : -at - 2;
    }
}
