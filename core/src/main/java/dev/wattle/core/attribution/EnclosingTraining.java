/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import org.jspecify.annotations.Nullable;

/**
 * What a training is inside of, as a fit inside an epoch of the program's.
 *
 * @param epoch the one of the program's epochs; null for whatever epoch of the training is open
 */
record EnclosingTraining(Training training, @Nullable OpenEpoch epoch) {

    /** The energy was dealt to what is inside. */
    void charge(int domain, long microjoules) {
        training.chargeInside(epoch, domain, microjoules);
    }
}
