/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.PlausiblePower;
import dev.wattle.core.energy.PowerIntegrator;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Sensor;
import java.util.Optional;

/**
 * The energy of a hardware counter, compared with the integral of the power that the same hardware reports. The power can
 * replace a counter that cannot be right.
 */
final class CheckedCounterInput implements EnergyInput {

    /** An implausible counter is replaced if its hardware reports a power within this time. */
    private static final long FALLBACK_PATIENCE_NANOS = 3_000_000_000L;

    private final Sensor.Power sensor;
    private final EnergyRecorder recorder;
    private final CounterInput counter;
    private final PowerIntegrator power;
    private final CrossCheck crossCheck;
    private final CounterFallback fallback;
    private boolean replaced;

    CheckedCounterInput(
            EnergyDomain domain, Sensor.Counter counterSensor, Sensor.Power powerSensor, EnergyRecorder recorder) {
        long boundMicrowatts = PlausiblePower.microwatts(domain);
        this.sensor = powerSensor.withLimit(counterSensor.limitMicrowatts());
        this.recorder = recorder;
        this.counter = new CounterInput(domain, counterSensor, recorder, FALLBACK_PATIENCE_NANOS);
        this.power = new PowerIntegrator(powerSensor.lagNanos(), boundMicrowatts);
        this.crossCheck = new CrossCheck(recorder.timeline(), power);
        this.fallback = new CounterFallback(recorder.timeline(), power, boundMicrowatts);
    }

    @Override
    public EnergyDomain domain() {
        return counter.domain();
    }

    @Override
    public boolean counter(long nanos, long microjoules) {
        boolean accepted = counter.counter(nanos, microjoules);
        if (!counter.isContinuous()) {
            interruptCheck(nanos);
        }
        return accepted;
    }

    @Override
    public boolean check(long nanos, long microwatts) {
        if (power.accept(nanos, microwatts, recorder.maxGapNanos())) {
            crossCheck.sample();
            decide(nanos, fallback.sample(counter.plausibility().isImplausible()));
        }
        return replaced;
    }

    @Override
    public boolean checkLast(long nanos) {
        decide(nanos, fallback.last());
        return replaced;
    }

    /** What replaces the counter. */
    CounterFallback fallback() {
        return fallback;
    }

    /** The same hardware, measured by its power. */
    EnergyDomain domainByPower() {
        EnergyDomain domain = domain();
        return new EnergyDomain(
                domain.component(),
                domain.device(),
                domain.name(),
                domain.uuid(),
                Quality.INTEGRATED,
                domain.scope(),
                domain.source() + "; its power instead",
                sensor);
    }

    @Override
    public void suspended(long nanos) {
        counter.suspended(nanos);
        interruptCheck(nanos);
    }

    @Override
    public void restarted(long nanos) {
        counter.restarted(nanos);
        interruptCheck(nanos);
    }

    @Override
    public void settle() {
        counter.settle();
        if (!counter.isContinuous()) {
            interruptCheck(recorder.knownNanos());
        }
    }

    @Override
    public Optional<Suspicion> suspicion() {
        return counter.suspicion();
    }

    @Override
    public Optional<CrossCheck> crossCheck() {
        return Optional.of(crossCheck);
    }

    private void decide(long nanos, String reason) {
        if (!reason.isEmpty()) {
            replaced = true;
            counter.plausibility().suspect(nanos, reason);
        }
    }

    private void interruptCheck(long nanos) {
        crossCheck.interrupted(nanos);
        fallback.interrupted();
    }
}
