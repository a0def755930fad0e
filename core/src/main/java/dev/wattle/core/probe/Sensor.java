/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import dev.wattle.core.energy.PlausiblePower;
import java.util.Optional;

/** What a domain's hardware hands over, and so how its readings become energy. */
public sealed interface Sensor {

    /** The limit of hardware that tells none. */
    long NO_LIMIT = 0;

    /**
     * The highest power that the hardware itself says it may draw for seconds, in microwatts: the power limit in force or
     * the highest that can be set, such as NVML's enforced limit or powercap's {@code constraint_*_max_power_uw};
     * {@link #NO_LIMIT} where it tells none. Readings far above it are not believed ({@link PlausiblePower}).
     */
    long limitMicrowatts();

    /**
     * A counter of energy that only grows, until it wraps.
     *
     * @param rangeMicrojoules the value after which the counter starts again at zero, in microjoules; 0 where the
     *     hardware names none, and then a counter that falls has been reset
     * @param check the power that the same hardware also tells, to hold against the counter; empty where it tells none
     * @param limitMicrowatts as in {@link #limitMicrowatts()}
     */
    record Counter(long rangeMicrojoules, Optional<Power> check, long limitMicrowatts) implements Sensor {
        public Counter {
            if (rangeMicrojoules < 0) {
                throw new IllegalArgumentException("a counter's range cannot be negative: " + rangeMicrojoules);
            }
            requireLimit(limitMicrowatts);
        }

        /** A counter whose hardware tells no limit of its power. */
        public Counter(long rangeMicrojoules, Optional<Power> check) {
            this(rangeMicrojoules, check, NO_LIMIT);
        }

        /** A counter that nothing can be held against. */
        public Counter(long rangeMicrojoules) {
            this(rangeMicrojoules, Optional.empty());
        }

        /** The same counter, of hardware with this limit, or {@link #NO_LIMIT}. */
        public Counter withLimit(long newLimitMicrowatts) {
            return new Counter(rangeMicrojoules, check, newLimitMicrowatts);
        }
    }

    /**
     * A power that must be integrated over time.
     *
     * @param lagNanos how far in the past the centre of the sensor's averaging window lies when it is read, in
     *     nanoseconds: half the window of a trailing mean, 0 for an instantaneous value
     * @param instantaneous whether it shows the power of the very moment it is read, so that it must be read at uneven
     *     times lest it beats with the load; a sensor with a rhythm of its own is best read evenly
     * @param limitMicrowatts as in {@link #limitMicrowatts()}
     */
    record Power(long lagNanos, boolean instantaneous, long limitMicrowatts) implements Sensor {
        public Power {
            if (lagNanos < 0) {
                throw new IllegalArgumentException("a sensor cannot see the future, lag: " + lagNanos);
            }
            requireLimit(limitMicrowatts);
        }

        /** A power of hardware that tells no limit of it. */
        public Power(long lagNanos, boolean instantaneous) {
            this(lagNanos, instantaneous, NO_LIMIT);
        }

        /** A mean over a window of the sensor's own. */
        public Power(long lagNanos) {
            this(lagNanos, false);
        }

        /** The same power, of hardware with this limit, or {@link #NO_LIMIT}. */
        public Power withLimit(long newLimitMicrowatts) {
            return new Power(lagNanos, instantaneous, newLimitMicrowatts);
        }
    }

    private static void requireLimit(long limitMicrowatts) {
        if (limitMicrowatts < 0) {
            throw new IllegalArgumentException("a limit of power cannot be negative: " + limitMicrowatts);
        }
    }
}
