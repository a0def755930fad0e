/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.core.training.Framework;

/**
 * One method of a framework that is watched.
 *
 * @param framework whose it is
 * @param className the target's name, with dots
 * @param method the method's name
 * @param descriptor its descriptor in the class file, which picks one overload and proves the expected shape; returns void
 */
record TrainingPoint(Framework framework, String className, String method, String descriptor) {

    /** What the call tells the bridge. */
    int bridgeNumber() {
        return switch (framework) {
            case DL4J -> TrainingBridge.DL4J;
            case DJL -> TrainingBridge.DJL;
            default -> throw new IllegalStateException(framework + " has no iterations to count");
        };
    }
}
