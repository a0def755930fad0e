/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.speed;

import dev.wattle.core.energy.CounterAccumulator;
import dev.wattle.core.energy.PowerIntegrator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Readings of a steady 100 W at 10 Hz. The counter has a range of 262,143 J and wraps every 44 minutes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AccumulatorSpeed {

    private static final long PERIOD_NANOS = 100_000_000;
    private static final long MICROWATTS = 100_000_000;
    private static final long MICROJOULES_PER_READING = 10_000_000;
    private static final long RANGE_MICROJOULES = 262_143_328_850L;

    private static final long BOUND = 2_000_000_000L;

    private final CounterAccumulator counter = new CounterAccumulator(RANGE_MICROJOULES, BOUND);
    private final PowerIntegrator power = new PowerIntegrator(0, BOUND);

    private long nanos;
    private long value;

    @Benchmark
    public boolean counterReading() {
        nanos += PERIOD_NANOS;
        value += MICROJOULES_PER_READING;
        if (value >= RANGE_MICROJOULES) {
            value -= RANGE_MICROJOULES;
        }
        return counter.accept(nanos, value);
    }

    @Benchmark
    public boolean powerSample() {
        nanos += PERIOD_NANOS;
        return power.accept(nanos, MICROWATTS, 2 * PERIOD_NANOS);
    }
}
