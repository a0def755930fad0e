/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle;

/**
 * One epoch of a training loop that the program reports itself, from {@link Wattle#epoch} until {@link #close()}. Reports show it
 * with the epochs of the frameworks, and it is a window too. Calls after its end are ignored.
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
     * Tokens were trained on, for joules per token. Adds to what was reported before; a number that is not positive is ignored.
     * May be called from any thread; costs as much as {@link #iteration}.
     */
    default void tokens(long count) {}

    /**
     * Floating-point operations were done, as the program reckons them, for joules per operation. Adds to what was reported before;
     * a number that is not positive and finite is ignored. May be called from any thread; costs as much as {@link #iteration}.
     */
    default void flops(double count) {}

    /**
     * A metric of this epoch, such as {@code accuracy} from 0 to 1; the latest value of a name counts. NaN is ignored. A program
     * may use 64 names; further ones are one, {@code (other)}.
     */
    void metric(String name, double value);
}
