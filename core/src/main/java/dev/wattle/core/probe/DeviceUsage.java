/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

/**
 * Which of a probe's domains this JVM uses, and what part of each.
 *
 * <p>Accelerators are handed out to processes, and a machine holds some that are nobody's business here. The answers
 * may change while a run goes on, since a program takes its accelerators seconds after its start. Used by the thread
 * that reads the probe.
 */
public interface DeviceUsage {

    /** How this JVM uses a domain. */
    enum Use {
        /** No other process was found on it. */
        EXCLUSIVE,
        /** Other processes use it too; {@link #share} is what part was this JVM's between the last two looks. */
        SHARED,
        /** This JVM was given a hardware partition of it; {@link #share} is the partition's size. */
        PARTITION,
        /** Nobody could tell who uses it, so it is taken to be this JVM's. */
        ASSUMED,
        /** It is not this JVM's. */
        OTHERS
    }

    /** Looks anew. May take milliseconds; allocates nothing once the number of processes has stopped growing. */
    void refresh();

    /** How this JVM uses a domain, as of the last look. */
    Use use(int domain);

    /** What part of the domain's energy is this JVM's, 0 to 1, as of the last look. */
    double share(int domain);

    /** How that was found out, for a person: {@code by SM utilisation}, {@code 3 of 7 MIG slices}. */
    String rule(int domain);
}
