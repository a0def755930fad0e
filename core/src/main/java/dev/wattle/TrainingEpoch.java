/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle;

/**
 * One epoch of a training loop that tells of itself, from {@link Wattle#epoch} until {@link #close()}. It stands in the
 * reports beside the epochs of the frameworks, and is a window too. What is told after its end is not heard.
 */
public interface TrainingEpoch extends EnergyWindow {

    /**
     * The weights were updated. May be called from any thread; costs some ten nanoseconds and no garbage.
     *
     * @param samples how many samples the batch had; negative where that is not known
     * @param loss the batch's loss; NaN where it is not at hand
     */
    void iteration(long samples, double loss);

    /**
     * A figure of merit of this epoch, such as {@code accuracy} from 0 to 1; the latest of a name counts. A NaN is not
     * heard. A program may use some sixty names; what comes under further ones is {@code (other)}.
     */
    void metric(String name, double value);
}
