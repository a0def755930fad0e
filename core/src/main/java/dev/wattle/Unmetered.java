/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A window or an epoch where nothing is metered: knows its name and how long it is. */
final class Unmetered implements TrainingEpoch {

    private static final long OPEN = -1;

    private final String name;
    private final long beginNanos = System.nanoTime();
    private final AtomicLong nanos = new AtomicLong(OPEN);

    Unmetered(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        nanos.compareAndSet(OPEN, System.nanoTime() - beginNanos);
    }

    @Override
    public double joules() {
        return Double.NaN;
    }

    @Override
    public Map<String, Double> joulesByDevice() {
        return Map.of();
    }

    @Override
    public Duration duration() {
        long closed = nanos.get();
        return Duration.ofNanos(closed == OPEN ? System.nanoTime() - beginNanos : closed);
    }

    @Override
    public String quality() {
        return "none";
    }

    @Override
    public Duration resolution() {
        return Duration.ZERO;
    }

    @Override
    public void iteration(long samples, double loss) {}

    @Override
    public void metric(String metric, double value) {}
}
