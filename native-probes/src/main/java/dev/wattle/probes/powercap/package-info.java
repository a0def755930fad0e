/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Intel and AMD processors and their memory, through the kernel's powercap files.
 *
 * <p>Which domains count is decided here; unwrapping a counter belongs to core.
 */
@NullMarked
package dev.wattle.probes.powercap;

import org.jspecify.annotations.NullMarked;
