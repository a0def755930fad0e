/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

/**
 * Which of a probe's accelerators this JVM uses, and which part of each.
 *
 * <p>The answers may change during a run, since a program takes its accelerators seconds after its start. For the thread that
 * reads the probe.
 */
public interface DeviceUsage {

    /** How this JVM uses a domain. */
    enum Use {
        /** No other process was found on it. */
        EXCLUSIVE,
        /** Other processes use it too; {@link #share} is this JVM's part between the last two checks. */
        SHARED,
        /** This JVM has a hardware partition of it; {@link #share} is the partition's size. */
        PARTITION,
        /** Its use is not known, so it is assumed to be this JVM's. */
        ASSUMED,
        /** It is not this JVM's. */
        OTHERS
    }

    /** Checks the use again. May take milliseconds; allocates nothing unless the number of processes grows. */
    void refresh();

    /** How this JVM uses a domain, as of the last check. */
    Use use(int domain);

    /** The part of the domain's energy that is this JVM's, 0 to 1, as of the last check. */
    double share(int domain);

    /** How the use was determined, for a person: {@code by SM utilisation}, {@code 3 of 7 MIG slices}. */
    String rule(int domain);
}
