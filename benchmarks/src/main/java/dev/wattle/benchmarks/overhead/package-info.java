/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The programs that the overhead script starts: hosts for the agent, and what it is compared with.
 *
 * <p>They use nothing but the JDK, and measure nothing themselves: the script does, from outside.
 */
@NullMarked
package dev.wattle.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
