/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.speed;

import dev.wattle.core.energy.EnergyTimeline;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A full ring of 16,384 records, 27 minutes at 10 Hz, at 100 ms and 10 J a record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimelineSpeed {

    private static final int CAPACITY = 16_384;
    private static final long PERIOD_NANOS = 100_000_000;
    private static final long MICROJOULES_PER_RECORD = 10_000_000;

    private final EnergyTimeline asked = new EnergyTimeline(CAPACITY);
    private final EnergyTimeline written = new EnergyTimeline(CAPACITY);
    private final long lastNanos;

    private long nanos;
    private long microjoules;
    private long wander;

    public TimelineSpeed() {
        long instant = 0;
        for (int record = 0; record < CAPACITY; record++) {
            instant += PERIOD_NANOS;
            asked.append(instant, record * MICROJOULES_PER_RECORD);
        }
        lastNanos = instant;
    }

    @Benchmark
    public void append() {
        nanos += PERIOD_NANOS;
        microjoules += MICROJOULES_PER_RECORD;
        written.append(nanos, microjoules);
    }

    @Benchmark
    public long latest() {
        return asked.latestMicrojoules();
    }

    /** A batch that ended a moment ago. */
    @Benchmark
    public long askNearTheEnd() {
        return asked.microjoulesAt(lastNanos - PERIOD_NANOS / 2);
    }

    /** Another instant each time, so that neither branches nor caches learn the way. */
    @Benchmark
    public long askFarBack() {
        wander = (wander * 5 + 2_531) & (CAPACITY / 2 - 1);
        return asked.microjoulesAt(lastNanos - (CAPACITY / 4 + wander) * PERIOD_NANOS + PERIOD_NANOS / 2);
    }
}
