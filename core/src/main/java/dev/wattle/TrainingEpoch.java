/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle;

/**
 * One epoch of a training loop that tells of itself, from {@link Wattle#epoch} until {@link #close()}. It stands in the
 * reports beside the epochs of the frameworks. Opened and closed on the same thread.
 */
public interface TrainingEpoch extends EnergyWindow {

    /**
     * The weights were updated.
     *
     * @param samples how many samples the batch had
     * @param loss the batch's loss; NaN where it is not at hand
     */
    void iteration(long samples, double loss);

    /** A figure of merit of this epoch, such as {@code accuracy} from 0 to 1; the latest of a name counts. */
    void metric(String name, double value);
}
