/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The clock of readings and boundaries, the instants of the readings, and the detection of a suspended machine.
 *
 * <p>Nothing here starts a thread or waits.
 */
@NullMarked
package dev.wattle.core.time;

import org.jspecify.annotations.NullMarked;
