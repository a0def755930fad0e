/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.util.Optional;

/** What a domain's hardware hands over, and so how its readings become energy. */
public sealed interface Sensor {

    /**
     * A counter of energy that only grows, until it wraps.
     *
     * @param rangeMicrojoules the value after which the counter starts again at zero, in microjoules; 0 where the
     *     hardware names none, and then a counter that falls has been reset
     * @param check the power that the same hardware also tells, to hold against the counter; empty where it tells none
     */
    record Counter(long rangeMicrojoules, Optional<Power> check) implements Sensor {
        public Counter {
            if (rangeMicrojoules < 0) {
                throw new IllegalArgumentException("a counter's range cannot be negative: " + rangeMicrojoules);
            }
        }

        /** A counter that nothing can be held against. */
        public Counter(long rangeMicrojoules) {
            this(rangeMicrojoules, Optional.empty());
        }
    }

    /**
     * A power that must be integrated over time.
     *
     * @param lagNanos how far in the past the centre of the sensor's averaging window lies when it is read, in
     *     nanoseconds: half the window of a trailing mean, 0 for an instantaneous value
     * @param instantaneous whether it shows the power of the very moment it is read, so that it must be read at uneven
     *     times lest it beats with the load; a sensor with a rhythm of its own is best read evenly
     */
    record Power(long lagNanos, boolean instantaneous) implements Sensor {
        public Power {
            if (lagNanos < 0) {
                throw new IllegalArgumentException("a sensor cannot see the future, lag: " + lagNanos);
            }
        }

        /** A mean over a window of the sensor's own. */
        public Power(long lagNanos) {
            this(lagNanos, false);
        }
    }
}
