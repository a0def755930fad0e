/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The clock that readings and boundaries share, the instants at which readings are due, and the detection of a suspended
 * machine.
 *
 * <p>Nothing here starts a thread or waits.
 */
@NullMarked
package dev.wattle.core.time;

import org.jspecify.annotations.NullMarked;
