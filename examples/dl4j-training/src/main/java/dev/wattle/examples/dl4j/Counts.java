/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

/**
 * What a training counted of itself.
 *
 * @param epochs passes over the data that ended
 * @param iterations updates of weights
 * @param samples rows in the batches of those
 */
record Counts(long epochs, long iterations, long samples) {
    Counts plus(Counts other) {
        return new Counts(epochs + other.epochs, iterations + other.iterations, samples + other.samples);
    }
}
