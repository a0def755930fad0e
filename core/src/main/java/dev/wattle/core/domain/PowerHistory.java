/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The power of devices over time, for charts: every second of the last ten minutes, and the whole run in steps that double
 * whenever it has filled its points. Bounded: {@value #MAX_POINTS} points and {@value #MAX_DEVICES} devices.
 *
 * <p>A time without a power is {@link DomainMeter#UNKNOWN}, never 0; a point of several seconds has the mean of those that are
 * known. Thread-safe: one thread records once a second, others copy now and then.
 */
public final class PowerHistory {

    /** The most points of each series. */
    public static final int MAX_POINTS = 600;

    /** Further devices have no history. */
    static final int MAX_DEVICES = 64;

    /** After so long without a record, a point without powers says that the time before was not seen. */
    private static final long SILENCE_NANOS = 10_000_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final PowerTable recent = new PowerTable(MAX_POINTS);
    private final PowerTable whole = new PowerTable(MAX_POINTS);
    private Map<String, Long> latest = Map.of();
    private long lastNanos;

    /**
     * Powers of devices at the same instants.
     *
     * @param epochMillis the instants, in milliseconds since 1970: each is the end of the time whose mean power it has
     * @param microwatts by device, as many as instants; {@link DomainMeter#UNKNOWN} where the power is not known
     */
    public record Series(List<Long> epochMillis, Map<String, List<Long>> microwatts) {}

    /**
     * Records the mean powers of the second that ends now.
     *
     * @param epochMillis now, as a date
     * @param nanos now, on a clock that never goes back
     * @param microwatts the powers that are known, by device
     */
    public synchronized void record(long epochMillis, long nanos, Map<String, Long> microwatts) {
        latest = Map.copyOf(microwatts);
        if (recent.isEmpty() && microwatts.isEmpty()) {
            return;
        }
        if (!recent.isEmpty() && nanos - lastNanos > SILENCE_NANOS) {
            add(epochMillis - (nanos - lastNanos) / 2 / NANOS_PER_MILLI, Map.of());
        }
        lastNanos = nanos;
        add(epochMillis, microwatts);
    }

    private void add(long epochMillis, Map<String, Long> microwatts) {
        long[] powers = new long[MAX_DEVICES];
        Arrays.fill(powers, DomainMeter.UNKNOWN);
        microwatts.forEach((device, power) -> {
            Integer column = columnOf(device);
            if (column != null) {
                powers[column] = power;
            }
        });
        recent.append(epochMillis, powers);
        whole.appendThinning(epochMillis, powers);
    }

    private @Nullable Integer columnOf(String device) {
        Integer known = columns.get(device);
        if (known == null && columns.size() < MAX_DEVICES) {
            known = columns.size();
            columns.put(device, known);
            recent.addColumn();
            whole.addColumn();
        }
        return known;
    }

    /** The powers that were known last, in microwatts by device. */
    public synchronized Map<String, Long> latest() {
        return latest;
    }

    /** Every second of the last ten minutes. */
    public synchronized Series recent() {
        return recent.series(columns);
    }

    /** The whole run. */
    public synchronized Series whole() {
        return whole.series(columns);
    }
}
