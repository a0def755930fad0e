/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

/** How much processor time this JVM and its machine have used. For one thread. */
public interface ProcessorTimes {

    /**
     * Reads both anew.
     *
     * @return whether both could be read; the values below are then of the same moment
     */
    boolean refresh();

    /** Processor time of this JVM since it began, in nanoseconds. */
    long processNanos();

    /** Time of all logical processors since the machine began, idle included, in nanoseconds. */
    long machineTotalNanos();
}
