/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.CounterAccumulator;
import dev.wattle.core.energy.PlausiblePower;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Sensor;
import java.util.Optional;

/** The energy of a hardware counter. */
final class CounterInput implements EnergyInput {

    private static final String SUBJECT = "its counter";

    private final EnergyDomain domain;
    private final EnergyRecorder recorder;
    private final CounterAccumulator accumulator;
    private final PlausibilityMonitor plausibility;
    private long lostNanos;
    private boolean continuous = true;

    /** A counter whose implausible readings make it suspect at once. */
    CounterInput(EnergyDomain domain, Sensor.Counter sensor, EnergyRecorder recorder) {
        this(domain, sensor, recorder, 0);
    }

    /** @param patienceNanos how long its readings have to be implausible before the counter is suspect */
    CounterInput(EnergyDomain domain, Sensor.Counter sensor, EnergyRecorder recorder, long patienceNanos) {
        long boundMicrowatts = PlausiblePower.microwatts(domain);
        this.domain = domain;
        this.recorder = recorder;
        this.accumulator = new CounterAccumulator(sensor.rangeMicrojoules(), boundMicrowatts);
        this.plausibility = new PlausibilityMonitor(SUBJECT, boundMicrowatts, patienceNanos, recorder.clock());
    }

    @Override
    public EnergyDomain domain() {
        return domain;
    }

    @Override
    public boolean counter(long nanos, long microjoules) {
        continuous = true;
        boolean believed = accumulator.accept(nanos, microjoules);
        Coverage coverage = recorder.coverage();
        coverage.rejected(accumulator.rejected());
        plausibility.update(nanos, accumulator.isImplausible());
        if (believed) {
            record(nanos);
        } else if (accumulator.isPending()) {
            coverage.undecided(nanos);
        } else {
            coverage.refused(nanos);
        }
        return believed || accumulator.isPending();
    }

    /** Whether all time between the last two believed readings is covered. */
    boolean isContinuous() {
        return continuous;
    }

    PlausibilityMonitor plausibility() {
        return plausibility;
    }

    @Override
    public void suspended(long nanos) {
        accumulator.suspended();
    }

    @Override
    public void restarted(long nanos) {
        accumulator.restarted();
    }

    @Override
    public void settle() {
        continuous = true;
        if (accumulator.isPending()) {
            long accountedBefore = accumulator.accountedNanos();
            accumulator.settle();
            if (!accumulator.isPending()) {
                record(recorder.knownNanos() + accumulator.accountedNanos() - accountedBefore);
            }
        }
    }

    @Override
    public Optional<Suspicion> suspicion() {
        return plausibility.suspicion();
    }

    private void record(long nanos) {
        continuous = recorder.cover(nanos, accumulator.lostNanos());
        if (accumulator.lostNanos() != lostNanos) {
            lostNanos = accumulator.lostNanos();
            recorder.restartPower();
        }
        recorder.record(nanos, accumulator.cumulativeMicrojoules(), accumulator.accountedNanos());
    }
}
