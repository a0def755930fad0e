/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The counters of powercap by the kernel's other way, perf events, for what powercap cannot read.
 *
 * <p>Which counters are read elsewhere is told by the caller; unwrapping and adding up belong to core.
 */
@NullMarked
package dev.wattle.probes.perf;

import org.jspecify.annotations.NullMarked;
