/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The agent's own jar, the class loader of everything inside it, and the thread group of its threads.
 *
 * <p>java.io and java.lang of Java 8 only.
 */
@NullMarked
package dev.wattle.agent.premain.loader;

import org.jspecify.annotations.NullMarked;
