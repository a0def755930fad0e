/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

/**
 * What a training counted of itself.
 *
 * @param epochs passes over the training data that ended
 * @param iterations updates of weights
 * @param samples rows in the batches of those
 */
record Counts(long epochs, long iterations, long samples) {}
