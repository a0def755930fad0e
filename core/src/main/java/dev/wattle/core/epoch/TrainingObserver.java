/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.epoch;

import dev.wattle.core.boundary.IterationRecord;
import java.util.function.Consumer;

/** Receives what happens in trainings once its energy is known. Called on the meter's own thread, never on the host's. */
public interface TrainingObserver {

    /** An epoch has ended. */
    default void epoch(EpochRecord epoch) {}

    /** Whether to look up the energy of every iteration, each of which costs a search in the timelines. */
    default boolean wantsIterations() {
        return false;
    }

    /** The weights were updated, where {@link #wantsIterations()}. */
    default void iteration(IterationRecord iteration) {}

    /** A window of the program has closed. */
    default void window(WindowRecord window) {}

    /** An observer that passes everything on to this one, and each epoch to the listener first. */
    default TrainingObserver withEpochs(Consumer<EpochRecord> listener) {
        return new EpochListener(listener, this);
    }
}
