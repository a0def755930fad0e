/* SPDX-License-Identifier: Apache-2.0 */
/**
 * JMH benchmarks of what runs at every sample or is asked by every window, and the run that prints them as one table.
 *
 * <p>No assertion on time, and nothing that needs a whole JVM with an agent in it.
 */
@NullMarked
package dev.wattle.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
