/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Finds out which energy domains this machine lets us read.
 *
 * <p>How one kind of hardware is read belongs to the packages below; what becomes of a reading belongs to core.
 */
@NullMarked
package dev.wattle.probes;

import org.jspecify.annotations.NullMarked;
