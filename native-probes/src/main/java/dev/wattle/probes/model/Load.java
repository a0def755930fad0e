/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/** The load of the modelled processors: working time and total time, both cumulative. */
interface Load extends AutoCloseable {

    /** Reads again; false if that fails. */
    boolean refresh(long nanoTime);

    /** Working time, summed over processors, in nanoseconds since any fixed start. */
    long busyNanos();

    /** Total time, summed over processors, in nanoseconds since any fixed start. */
    long capacityNanos();

    @Override
    void close();
}
