/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Which accelerators are present, so that an unmetered one is never passed over in silence.
 *
 * <p>Metering them does not belong here.
 */
@NullMarked
package dev.wattle.probes.gpu;

import org.jspecify.annotations.NullMarked;
