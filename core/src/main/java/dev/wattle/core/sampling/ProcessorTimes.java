/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

/** The processor time of this JVM and of its machine. For one thread. */
public interface ProcessorTimes {

    /**
     * Reads both again.
     *
     * @return whether both could be read; the values are of the same moment then
     */
    boolean refresh();

    /** Processor time of this JVM since it started, in nanoseconds. */
    long processNanos();

    /** Time of all logical processors since the machine started, idle included, in nanoseconds. */
    long machineTotalNanos();
}
