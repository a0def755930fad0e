/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The threads that read the probes: schedules, a thread for each source that can block, their own cost, and the meter as
 * a whole.
 *
 * <p>Probes are handed in and results are asked for; nothing here opens hardware or publishes anything.
 */
@NullMarked
package dev.wattle.core.sampling;

import org.jspecify.annotations.NullMarked;
