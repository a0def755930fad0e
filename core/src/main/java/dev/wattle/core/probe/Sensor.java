/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import dev.wattle.core.energy.PlausiblePower;
import java.util.Optional;

/** What a domain's hardware reports, which decides how its readings become energy. */
public sealed interface Sensor {

    /** The limit of hardware that reports none. */
    long NO_LIMIT = 0;

    /**
     * The highest power that the hardware reports it may draw for seconds, in microwatts: the power limit in force or the
     * highest that can be set, such as NVML's enforced limit or powercap's {@code constraint_*_max_power_uw}; {@link
     * #NO_LIMIT} if it reports none. Readings far above it are not believed ({@link PlausiblePower}).
     */
    long limitMicrowatts();

    /**
     * A counter of energy that grows until it wraps.
     *
     * @param rangeMicrojoules the value after which the counter restarts at zero, in microjoules; 0 if the hardware names none:
     *     a counter that falls has been reset then
     * @param check the power that the same hardware also reports, to compare the counter with; empty if it reports none
     * @param limitMicrowatts as in {@link #limitMicrowatts()}
     */
    record Counter(long rangeMicrojoules, Optional<Power> check, long limitMicrowatts) implements Sensor {
        public Counter {
            if (rangeMicrojoules < 0) {
                throw new IllegalArgumentException("a counter's range cannot be negative: " + rangeMicrojoules);
            }
            requireLimit(limitMicrowatts);
        }

        /** A counter whose hardware reports no limit. */
        public Counter(long rangeMicrojoules, Optional<Power> check) {
            this(rangeMicrojoules, check, NO_LIMIT);
        }

        /** A counter without a power to compare it with. */
        public Counter(long rangeMicrojoules) {
            this(rangeMicrojoules, Optional.empty());
        }

        /** The same counter with this limit, or {@link #NO_LIMIT}. */
        public Counter withLimit(long newLimitMicrowatts) {
            return new Counter(rangeMicrojoules, check, newLimitMicrowatts);
        }
    }

    /**
     * A power to integrate over time.
     *
     * @param lagNanos how far before the reading the centre of the sensor's averaging window lies, in nanoseconds: half the
     *     window of a trailing mean, 0 for an instantaneous value
     * @param instantaneous whether it is the power of the moment of the reading; it is read at uneven times then, so that it
     *     does not beat with the load. A sensor with fixed windows is best read evenly
     * @param limitMicrowatts as in {@link #limitMicrowatts()}
     */
    record Power(long lagNanos, boolean instantaneous, long limitMicrowatts) implements Sensor {
        public Power {
            if (lagNanos < 0) {
                throw new IllegalArgumentException("a sensor cannot see the future, lag: " + lagNanos);
            }
            requireLimit(limitMicrowatts);
        }

        /** A power whose hardware reports no limit. */
        public Power(long lagNanos, boolean instantaneous) {
            this(lagNanos, instantaneous, NO_LIMIT);
        }

        /** The mean over a window of the sensor. */
        public Power(long lagNanos) {
            this(lagNanos, false);
        }

        /** The same power with this limit, or {@link #NO_LIMIT}. */
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
