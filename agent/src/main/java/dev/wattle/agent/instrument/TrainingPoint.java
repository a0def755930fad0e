/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.core.boundary.Framework;

/**
 * One method of a framework that is watched, and what is done there.
 *
 * @param framework whose it is
 * @param className the target's name, with dots
 * @param method the method's name
 * @param descriptor its descriptor in the class file, which picks one overload and proves the expected shape
 */
record TrainingPoint(Framework framework, String className, String method, String descriptor, Advice action) {
    TrainingPoint in(PackageMove move) {
        String moved = move.of(className.replace('.', '/')).replace('/', '.');
        return new TrainingPoint(framework, moved, method, move.of(descriptor), move.of(action));
    }
}
