/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle;

import java.time.Duration;

/**
 * A stretch of the program's time whose energy is told: from {@link Wattle#window} until {@link #close()}. Windows may nest
 * and overlap, in one thread and across threads. Thread-safe.
 *
 * <p>What is told is the energy of the whole machine in that time, as far as it is metered, whichever thread or program
 * caused it.
 */
public interface EnergyWindow extends AutoCloseable {

    /** The name it was given. */
    String name();

    /** Ends the window, now; a second time changes nothing. Never waits and never throws. */
    @Override
    void close();

    /**
     * The energy of the window, in joules.
     *
     * <p>While it is open, its energy up to the last reading. Once it is closed this waits for the next reading, at most
     * two seconds and usually less than a tenth. NaN where nothing is metered, or the energy is not known in that time.
     */
    double joules();

    /** How long it has been open, or was. */
    Duration duration();

    /**
     * How the energy is known: {@code counter}, {@code integrated} or {@code modelled}, several separated by {@code +}, or
     * {@code none} where nothing is metered.
     */
    String quality();

    /** The time between two steps of the slowest sensor; zero where nothing is metered. */
    Duration resolution();

    /**
     * Whether the window is shorter than two steps of the slowest sensor, so that its energy is little more than an
     * interpolation.
     */
    default boolean belowResolution() {
        return duration().compareTo(resolution().multipliedBy(2)) < 0;
    }
}
