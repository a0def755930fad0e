/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Loads JNA without leaving a trace in the host's system properties.
 *
 * <p>Bindings to native libraries do not belong here.
 */
@NullMarked
package dev.wattle.probes.jna;

import org.jspecify.annotations.NullMarked;
