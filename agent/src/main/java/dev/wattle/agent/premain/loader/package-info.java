/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The agent's jar, the class loader of its inner zone, and the agent's threads.
 *
 * <p>java.io and java.lang of Java 8 only.
 */
@NullMarked
package dev.wattle.agent.premain.loader;

import org.jspecify.annotations.NullMarked;
