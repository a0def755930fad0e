/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.energy.PlausiblePower;
import dev.wattle.core.energy.PowerIntegrator;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Sensor;
import java.util.Optional;

/** The energy of a power that is integrated over time. */
final class PowerInput implements EnergyInput {

    private static final String SUBJECT = "its sensor";

    private final EnergyDomain domain;
    private final EnergyRecorder recorder;
    private final PowerIntegrator integrator;
    private final PlausibilityMonitor plausibility;

    /** The integrator's energy and time from before this domain existed. */
    private final long originMicrojoules;

    private final long originNanos;

    PowerInput(EnergyDomain domain, Sensor.Power sensor, EnergyRecorder recorder) {
        this(domain, new PowerIntegrator(sensor.lagNanos(), PlausiblePower.microwatts(domain)), recorder, 0, 0);
    }

    private PowerInput(
            EnergyDomain domain,
            PowerIntegrator integrator,
            EnergyRecorder recorder,
            long originMicrojoules,
            long originNanos) {
        this.domain = domain;
        this.recorder = recorder;
        this.integrator = integrator;
        this.plausibility = new PlausibilityMonitor(SUBJECT, PlausiblePower.microwatts(domain), 0, recorder.clock());
        this.originMicrojoules = originMicrojoules;
        this.originNanos = originNanos;
    }

    /** Continues with the power of a counter that is replaced, and records its energy since the counter was last right. */
    static PowerInput replacing(CounterFallback counter, EnergyDomain domain, EnergyRecorder recorder) {
        PowerIntegrator power = counter.power();
        PowerInput input =
                new PowerInput(domain, power, recorder, counter.coveredMicrojoules(), counter.coveredNanos());
        recorder.cover(counter.startNanos() + recorder.lagNanos(), 0);
        recorder.coverage().bridge();
        recorder.record(counter.startNanos(), 0, 0);
        input.record(power.nanos() + recorder.lagNanos());
        return input;
    }

    @Override
    public EnergyDomain domain() {
        return domain;
    }

    @Override
    public boolean power(long nanos, long microwatts) {
        boolean believed = integrator.accept(nanos, microwatts, recorder.maxGapNanos());
        Coverage coverage = recorder.coverage();
        coverage.rejected(integrator.rejected());
        coverage.interpolated(integrator.interpolatedMicrojoules());
        plausibility.update(nanos, integrator.isImplausible());
        if (believed) {
            record(nanos);
        } else {
            coverage.refused(nanos);
        }
        return believed;
    }

    @Override
    public void suspended(long nanos) {
        integrator.suspended();
    }

    @Override
    public void restarted(long nanos) {
        integrator.suspended();
    }

    @Override
    public Optional<Suspicion> suspicion() {
        return plausibility.suspicion();
    }

    private void record(long nanos) {
        recorder.cover(nanos, 0);
        recorder.record(
                integrator.nanos(),
                integrator.cumulativeMicrojoules() - originMicrojoules,
                integrator.accountedNanos() - originNanos);
    }
}
