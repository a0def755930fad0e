/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The programs that the overhead script starts: hosts for the agent, and programs to compare it with.
 *
 * <p>They use only the JDK and measure nothing themselves; the script measures them from outside.
 */
@NullMarked
package dev.wattle.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
