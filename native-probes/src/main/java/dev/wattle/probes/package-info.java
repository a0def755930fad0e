/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Finds the energy domains that can be read on this machine.
 *
 * <p>The packages below read one kind of hardware each. Core processes the readings.
 */
@NullMarked
package dev.wattle.probes;

import org.jspecify.annotations.NullMarked;
