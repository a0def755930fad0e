/* SPDX-License-Identifier: Apache-2.0 */
/**
 * jcstress tests of the lock-free structures, and the run that fails the build on a forbidden outcome.
 *
 * <p>No tests that one thread can do, and no measurement of speed.
 */
@NullMarked
package dev.wattle.benchmarks.stress;

import org.jspecify.annotations.NullMarked;
