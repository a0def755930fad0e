/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads Intel and AMD processors and their memory through the kernel's powercap files.
 *
 * <p>This package decides which domains count. Core unwraps the counters.
 */
@NullMarked
package dev.wattle.probes.powercap;

import org.jspecify.annotations.NullMarked;
