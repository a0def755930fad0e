/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads powercap's counters through perf events, for counters that powercap cannot read.
 *
 * <p>The caller knows which counters another source reads. Core unwraps and adds up.
 */
@NullMarked
package dev.wattle.probes.perf;

import org.jspecify.annotations.NullMarked;
