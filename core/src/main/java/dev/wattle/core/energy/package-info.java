/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From readings to joules: accumulators that unwrap counters and integrate power, the timeline that keeps the result, sums
 * and unit conversions.
 *
 * <p>Nothing here knows which thread reads, or what the energy is used for.
 */
@NullMarked
package dev.wattle.core.energy;

import org.jspecify.annotations.NullMarked;
