/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The public API for programs that want to name what they do: JDK types only, nothing without the agent.
 *
 * <p>The meter itself lives in the packages below and is not part of it.
 */
@NullMarked
package dev.wattle;

import org.jspecify.annotations.NullMarked;
