/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

/**
 * One update of a model's weights.
 *
 * <p>A GPU may still compute what the iteration asked for, so energies of iterations are shifted to later ones; their sum over
 * an epoch is right.
 *
 * @param training the number of the training
 * @param number of the iteration in its training, from 1
 * @param startNanos when the one before it ended, or its epoch started, on {@link System#nanoTime()}
 * @param endNanos when it ended
 * @param microjoules the energy of all domains of this run in between
 * @param samples of its batch, {@link Boundary#UNKNOWN} where not known
 * @param loss its loss, NaN where not known
 * @param belowResolution whether it was shorter than two steps of the slowest sensor
 */
public record IterationRecord(
        Framework framework,
        int training,
        long number,
        long startNanos,
        long endNanos,
        long microjoules,
        long samples,
        double loss,
        boolean belowResolution) {}
