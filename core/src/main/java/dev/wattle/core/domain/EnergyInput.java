/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Sensor;
import java.util.Optional;

/**
 * How the readings of one domain become energy. The domain's sensor decides it once, when the domain's meter is made: a
 * counter alone, a counter that the hardware's power checks, or a power that is integrated.
 *
 * <p>For the thread that reads, except where a method says otherwise.
 */
sealed interface EnergyInput permits CounterInput, CheckedCounterInput, PowerInput {

    static EnergyInput of(EnergyDomain domain, EnergyRecorder recorder) {
        if (domain.sensor() instanceof Sensor.Counter counter) {
            return counter.check()
                    .<EnergyInput>map(power -> new CheckedCounterInput(domain, counter, power, recorder))
                    .orElseGet(() -> new CounterInput(domain, counter, recorder));
        }
        return new PowerInput(domain, (Sensor.Power) domain.sensor(), recorder);
    }

    EnergyDomain domain();

    /**
     * Takes a value of the counter.
     *
     * @return false if the value is refused
     * @throws IllegalStateException if the domain has no counter
     */
    default boolean counter(long nanos, long microjoules) {
        throw new IllegalStateException(domain().device() + " is not described as a counter");
    }

    /**
     * Takes a power to integrate.
     *
     * @return false if the value is refused
     * @throws IllegalStateException if the domain's energy does not come from a power
     */
    default boolean power(long nanos, long microwatts) {
        throw new IllegalStateException(domain().device() + " is not described as a power");
    }

    /**
     * Takes a power to compare the counter with.
     *
     * @return whether the power has to replace the counter
     * @throws IllegalStateException if the domain has no such power
     */
    default boolean check(long nanos, long microwatts) {
        throw new IllegalStateException(domain().device() + " is not described as having a power to check");
    }

    /** Decides at the end of metering whether the power has to replace the counter. */
    default boolean checkLast(long nanos) {
        return false;
    }

    /** The machine slept until this instant. */
    void suspended(long nanos);

    /** The hardware went away; its next value starts a new stretch. */
    void restarted(long nanos);

    /** Decides about a reading that was held back; no other reading follows. */
    default void settle() {}

    /** Since when and why the readings are not believed; for any thread. */
    Optional<Suspicion> suspicion();

    /** The comparison of the counter with the power; for any thread. */
    default Optional<CrossCheck> crossCheck() {
        return Optional.empty();
    }
}
