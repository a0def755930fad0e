/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads the kernel's energy counters when the agent arrives, before anything else is loaded.
 *
 * <p>java.io and java.lang of Java 8 only.
 */
@NullMarked
package dev.wattle.agent.premain.counters;

import org.jspecify.annotations.NullMarked;
