/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import java.util.List;
import java.util.Optional;

/**
 * Reads the energy domains of one kind of hardware.
 *
 * <p>Its domains are determined before the probe exists and never change. For one thread. In steady state {@link #read}
 * allocates nothing.
 */
public interface EnergyProbe extends AutoCloseable {

    /** The name of this kind of probe in configuration, logs and meters, such as {@code powercap}. */
    String name();

    /** The domains that this probe reads: at least one, always the same list. Readings refer to a domain by its index. */
    List<EnergyDomain> domains();

    /**
     * Reads every domain that {@link Readings#wants is wanted}.
     *
     * <p>A device that does not answer has {@link Readings#failed failed}. An exception from this method means that all domains
     * have failed.
     */
    void read(Readings into);

    /**
     * The shortest useful time between two readings, in nanoseconds: the hardware shows nothing new earlier, or readings cost
     * too much. On average the probe is not read more often, at any sampling period.
     */
    default long minPeriodNanos() {
        return 0;
    }

    /** How this JVM uses the domains; empty if all belong to the machine as a whole. */
    default Optional<DeviceUsage> deviceUsage() {
        return Optional.empty();
    }

    /** Closes files and libraries. Called once, by the thread that reads, after the last reading. */
    @Override
    void close();
}
