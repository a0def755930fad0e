/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The one thread that reads the probes, and what it knows of each domain: totals, power, gaps, its own cost.
 *
 * <p>Probes are handed in and results are asked for; nothing here opens hardware or publishes anything.
 */
@NullMarked
package dev.wattle.core.sampling;

import org.jspecify.annotations.NullMarked;
