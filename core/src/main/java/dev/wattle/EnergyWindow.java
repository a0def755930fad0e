/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle;

import java.time.Duration;
import java.util.Map;

/**
 * A stretch of the program's time and its energy: from {@link Wattle#window} until {@link #close()}. Windows may nest
 * and overlap, in one thread and across threads; each has all of its energy, so do not add
 * those of overlapping windows. Thread-safe; no method throws.
 *
 * <p>The energy is that of the whole machine in that time, as far as it is metered, whichever thread or program caused it;
 * accelerators that only other programs use are left out.
 */
public interface EnergyWindow extends AutoCloseable {

    /** The name it was given: without blanks around it, at most 100 characters, {@code unnamed} where there was none. */
    String name();

    /** Ends the window, now; a second time changes nothing. Never waits. */
    @Override
    void close();

    /**
     * The energy of the window, in joules.
     *
     * <p>While it is open, its energy up to the last reading. Once it is closed this waits for the next reading, at most
     * three seconds and usually about a tenth; a thread that is interrupted does not wait. NaN where nothing is metered, or
     * the energy is not yet known.
     */
    double joules();

    /** The same by device, such as {@code package-0} or {@code gpu-1}; empty where nothing is known. Waits as long. */
    Map<String, Double> joulesByDevice();

    /** How long it has been open, or was. */
    Duration duration();

    /**
     * How much of {@link #duration()} the energy is of: less where the window was opened before anything was read, as by a
     * program's first statement; zero where nothing is metered. The rest is its first part.
     */
    default Duration metered() {
        return duration();
    }

    /**
     * How the energy is known: {@code counter}, {@code integrated} or {@code modelled}, several separated by {@code +}, or
     * {@code none} where nothing is metered.
     */
    String quality();

    /**
     * Whether every device that is metered, or is still looked for, answered at the window's start and at its end; where
     * one did not, its energy is that up to its last reading. False also where metering started within the window, and where nothing is metered. Waits as {@link #joules}
     * does.
     */
    default boolean isComplete() {
        return true;
    }

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
