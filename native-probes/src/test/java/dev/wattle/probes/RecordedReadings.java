/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.Readings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/** Readings on a clock of their own that keep the last thing said about each domain. */
public final class RecordedReadings implements Readings {
    public final TreeMap<Integer, Long> counters = new TreeMap<>();
    public final TreeMap<Integer, Long> powers = new TreeMap<>();
    public final TreeMap<Integer, Long> checks = new TreeMap<>();
    public final TreeMap<Integer, String> lost = new TreeMap<>();
    public final List<Long> powerDates = new ArrayList<>();
    public final TreeMap<Integer, String> reasons = new TreeMap<>();
    public final List<String> notes = new ArrayList<>();
    public final BitSet failed = new BitSet();
    public final BitSet silent = new BitSet();
    public final BitSet unwanted = new BitSet();
    public long nanoTime;
    public long lastBefore;
    public long lastAfter;

    public RecordedReadings clear() {
        counters.clear();
        powers.clear();
        checks.clear();
        lost.clear();
        powerDates.clear();
        failed.clear();
        silent.clear();
        return this;
    }

    /** Every look at the clock takes a nanosecond. */
    @Override
    public long nanoTime() {
        return nanoTime++;
    }

    @Override
    public boolean wants(int domain) {
        return !unwanted.get(domain);
    }

    @Override
    public void counter(int domain, long beforeNanos, long afterNanos, long microjoules) {
        counters.put(domain, microjoules);
        lastBefore = beforeNanos;
        lastAfter = afterNanos;
    }

    @Override
    public void power(int domain, long beforeNanos, long afterNanos, long microwatts) {
        powers.put(domain, microwatts);
        powerDates.add(beforeNanos);
        lastBefore = beforeNanos;
        lastAfter = afterNanos;
    }

    @Override
    public void failed(int domain) {
        failed.set(domain);
    }

    @Override
    public void failed(int domain, String reason) {
        reasons.put(domain, reason);
        failed(domain);
    }

    @Override
    public void note(int domain, String what) {
        notes.add(domain + " " + what);
    }

    @Override
    public void silent(int domain) {
        silent.set(domain);
    }

    @Override
    public void check(int domain, long beforeNanos, long afterNanos, long microwatts) {
        checks.put(domain, microwatts);
    }

    @Override
    public void lost(int domain, String reason) {
        lost.put(domain, reason);
    }
}
