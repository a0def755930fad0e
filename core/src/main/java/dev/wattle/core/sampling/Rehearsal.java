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
    private static final LongSupplier FREE = () -> 0;

    private final SamplingClock clock;
    private final long startNanos;
    private final Sampler sampler;
    private final List<ProbeReader> readers;
    private int stepsLeft;

    private Rehearsal(List<ProbeReader> readers, SamplingClock clock, long periodNanos) {
        this.clock = clock;
        this.startNanos = clock.nanoTime();
        this.readers = readers;
        this.sampler = new Sampler(readers, Optional.empty(), clock, periodNanos, line -> {});
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
        for (int tick = 0; tick < TICKS_PER_STEP; tick++) {
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
