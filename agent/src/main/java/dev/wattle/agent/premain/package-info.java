/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The way in: what the JVM calls, the checks before anything else, the name filter and the loader of the rest.
 *
 * <p>Nothing that needs more than Java 8, java.io and java.lang; no logging, no waiting, no work on the host's threads.
 */
@NullMarked
package dev.wattle.agent.premain;

import org.jspecify.annotations.NullMarked;
