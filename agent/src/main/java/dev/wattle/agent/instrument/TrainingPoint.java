/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.core.boundary.Framework;

/**
 * One method of a framework and the advice to insert into it.
 *
 * @param framework the framework it belongs to
 * @param className the class, with dots
 * @param method the method's name
 * @param descriptor its descriptor in the class file, which selects one overload
 */
record TrainingPoint(Framework framework, String className, String method, String descriptor, Advice advice) {
    TrainingPoint in(PackageMove move) {
        String moved = move.of(className.replace('.', '/')).replace('/', '.');
        return new TrainingPoint(framework, moved, method, move.of(descriptor), move.of(advice));
    }
}
