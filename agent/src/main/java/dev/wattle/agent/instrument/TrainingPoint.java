/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.core.training.Framework;

/**
 * One method of a framework that is watched.
 *
 * @param framework whose it is
 * @param bridgeNumber the same as the bridge numbers it
 * @param className the target's name, with dots
 * @param method the method's name
 * @param descriptor its descriptor in the class file, which picks one overload and proves the expected shape; returns void
 */
record TrainingPoint(Framework framework, int bridgeNumber, String className, String method, String descriptor) {}
