/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.probe.EnergyProbe;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Runs the sampling path over stand-ins until the JIT has compiled it.
 *
 * <p>At ten readings a second that would take the JIT a quarter of an hour by itself, and an interpreted reading costs
 * twice a compiled one. The stand-ins read files that cost the hardware nothing. It begins once a run has lasted long
 * enough to earn it back, and goes in small steps that stay below the cost budget. For the sampling thread.
 */
final class Rehearsal {

    private static final long BEGIN_NANOS = 10_000_000_000L;
    private static final int STEPS = 100;
    private static final int TICKS_PER_STEP = 50;

    /** Of all domains together: machines of many sockets need fewer ticks, and would exceed the cost budget by 50. */
    private static final int READINGS_PER_STEP = 200;

    private static final LongSupplier FREE = () -> 0;

    private final SamplingClock clock;
    private final long startNanos;
    private final Sampler sampler;
    private final List<ProbeReader> readers;
    private final int ticksPerStep;
    private int stepsLeft;

    private Rehearsal(List<ProbeReader> readers, SamplingClock clock, long periodNanos) {
        this.clock = clock;
        this.startNanos = clock.nanoTime();
        this.readers = readers;
        this.sampler = new Sampler(readers, Optional.empty(), clock, periodNanos, line -> {});
        int domains =
                readers.stream().mapToInt(reader -> reader.meters().size()).sum();
        this.ticksPerStep = Math.max(1, Math.min(TICKS_PER_STEP, READINGS_PER_STEP / Math.max(1, domains)));
        this.stepsLeft = readers.isEmpty() ? 0 : STEPS;
    }

    static Rehearsal of(List<EnergyProbe> probes, SamplingClock clock, long periodNanos) {
        List<ProbeReader> readers = probes.stream()
                .flatMap(probe -> probe.standIn().stream())
                .map(standIn -> new ProbeReader(standIn, clock, periodNanos, line -> {}))
                .toList();
        return new Rehearsal(readers, clock, periodNanos);
    }

    /** Whether the next step should be made. */
    boolean isDue() {
        return stepsLeft > 0 && clock.nanoTime() - startNanos >= BEGIN_NANOS;
    }

    void step() {
        for (int tick = 0; tick < ticksPerStep; tick++) {
            sampler.tick(FREE);
        }
        stepsLeft--;
        if (stepsLeft == 0) {
            close();
        }
    }

    void close() {
        stepsLeft = 0;
        readers.forEach(ProbeReader::close);
    }
}
