/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The entry: the methods that the JVM calls, the checks on arrival, the class filter, the exit hook and the handling of
 * attach and detach.
 *
 * <p>Uses only Java 8, java.io and java.lang. No logging, no waiting, no work on the host's threads.
 */
@NullMarked
package dev.wattle.agent.premain;

import org.jspecify.annotations.NullMarked;
