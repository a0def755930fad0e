/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Processor time of this process and of the machine.
 *
 * <p>What share of the energy follows from it belongs to core.
 */
@NullMarked
package dev.wattle.probes.load;

import org.jspecify.annotations.NullMarked;
