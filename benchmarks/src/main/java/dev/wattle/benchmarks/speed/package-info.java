/* SPDX-License-Identifier: Apache-2.0 */
/**
 * JMH benchmarks of what runs at every sample or for every window, and the run that prints them as one table.
 *
 * <p>No assertion on time, and nothing that needs a JVM with an agent.
 */
@NullMarked
package dev.wattle.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
