/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From readings to joules: accumulators that unwrap counters and integrate power, the timeline that keeps the result,
 * and unit conversions.
 *
 * <p>Nothing here knows which thread reads, or what the energy is asked for.
 */
@NullMarked
package dev.wattle.core.energy;

import org.jspecify.annotations.NullMarked;
