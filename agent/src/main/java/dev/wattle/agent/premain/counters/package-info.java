/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The kernel's energy counters as they stand when the agent arrives, read before anything else is loaded.
 *
 * <p>java.io and java.lang of Java 8 only.
 */
@NullMarked
package dev.wattle.agent.premain.counters;

import org.jspecify.annotations.NullMarked;
