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

    /** From each of these moments on, the number of runs of each quality, {@link #QUALITIES} numbers a moment. */
    private int[] counts = {};

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
        counts = new int[QUALITIES * changes.length];
        for (int i = 0; i < spans; i++) {
            counts[indexOf(starts[i], qualities[i])]++;
            counts[indexOf(ends[i], qualities[i])]--;
        }
        for (int i = QUALITIES; i < counts.length; i++) {
            counts[i] += counts[i - QUALITIES];
        }
        starts = new long[0];
        ends = starts;
        qualities = new byte[0];
    }

    private int indexOf(long moment, int quality) {
        return QUALITIES * Arrays.binarySearch(changes, moment) + quality;
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
        for (int better = 0; better < quality.ordinal(); better++) {
            if (counts[QUALITIES * at + better] > 0) {
                return 0;
            }
        }
        return 1.0 / Math.max(1, counts[QUALITIES * at + quality.ordinal()]);
    }

    /** Whether a run of this quality has to share with others, or leave them all, at any moment in between. */
    boolean isShared(long from, long to, LedgerQuality quality) {
        for (int i = Math.max(0, indexAt(from)); i < changes.length && changes[i] < to; i++) {
            if (all(i) > 1 && part(changes[i], quality) < 1) {
                return true;
            }
        }
        return false;
    }

    /** Whether any run metered it at any moment in between. */
    boolean isUsed(long from, long to) {
        for (int i = Math.max(0, indexAt(from)); i < changes.length && changes[i] < to; i++) {
            if (all(i) > 0) {
                return true;
            }
        }
        return false;
    }

    private int all(int at) {
        int all = 0;
        for (int quality = 0; quality < QUALITIES; quality++) {
            all += counts[QUALITIES * at + quality];
        }
        return all;
    }

    /** The index of the latest change at or before the moment; -1 before the first. */
    private int indexAt(long moment) {
        int at = Arrays.binarySearch(changes, moment);
        return at >= 0 ? at : -at - 2;
    }
}
