/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.util.List;
import java.util.Optional;

/**
 * Reads the energy domains of one kind of hardware.
 *
 * <p>What can be read is found out once, before the probe exists: its domains never change. A probe is used by one
 * thread. In steady state {@link #read} allocates nothing.
 */
public interface EnergyProbe extends AutoCloseable {

    /** The word by which configuration, logs and meters know this kind of probe, such as {@code powercap}. */
    String name();

    /** What this probe reads: at least one domain, always the same list. Readings name a domain by its index here. */
    List<EnergyDomain> domains();

    /**
     * Reads every domain that {@link Readings#wants is wanted} and hands over what was read.
     *
     * <p>A device that does not answer is {@link Readings#failed failed}, not thrown: an exception out of this method
     * fails all domains of the probe.
     */
    void read(Readings into);

    /**
     * The shortest time between two readings that makes sense for this hardware, in nanoseconds: it shows nothing new
     * before, or suffers from being asked. On average the probe is read no more often, whatever the sampling period.
     */
    default long minPeriodNanos() {
        return 0;
    }

    /** Which of the domains this JVM uses; empty where all belong to the machine as a whole. */
    default Optional<DeviceUsage> deviceUsage() {
        return Optional.empty();
    }

    /** Lets go of files and libraries. Called once, by the thread that reads, after the last reading. */
    @Override
    void close();
}
