/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The threads that read the probes: the sampling thread, a thread for each source that may block, their cost, and the meter
 * as a whole.
 *
 * <p>Nothing here opens hardware or publishes anything.
 */
@NullMarked
package dev.wattle.core.sampling;

import org.jspecify.annotations.NullMarked;
