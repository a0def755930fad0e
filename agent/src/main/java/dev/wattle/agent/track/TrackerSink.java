/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import java.util.List;
import java.util.Map;

/** Where a tracker's scalars go. For one thread, except {@link #interrupt}. */
interface TrackerSink extends AutoCloseable {

    /** Its name and place, for a message; without credentials. */
    String place();

    /** The most scalars that one {@link #deliver} takes. */
    int maxBatch();

    /** The shortest time between two deliveries, in nanoseconds. */
    long pauseNanos();

    /**
     * Stores scalars.
     *
     * @param scalars at most {@link #maxBatch()}, in the order of time
     * @param notes texts about the run, by name; the latest of a name counts
     */
    Delivery deliver(List<Scalar> scalars, Map<String, String> notes);

    /** Ends a delivery that waits for the other side; from any thread, and never waits. */
    void interrupt();

    @Override
    void close();
}
