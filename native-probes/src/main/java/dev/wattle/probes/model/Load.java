/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/** How busy the modelled processors are: time worked and time that could have been worked, both cumulative. */
interface Load extends AutoCloseable {

    /** Reads anew; false where it cannot be read. */
    boolean refresh(long nanoTime);

    /** Time worked, summed over processors, in nanoseconds from any fixed start. */
    long busyNanos();

    /** Time worked or not, summed over processors, in nanoseconds from any fixed start. */
    long capacityNanos();

    @Override
    void close();
}
