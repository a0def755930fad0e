/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From boundaries and timelines to the energy of epochs, phases and iterations; energy is conserved here.
 *
 * <p>For the thread wattle-run. Nothing here is exported or forecast.
 */
@NullMarked
package dev.wattle.core.attribution;

import org.jspecify.annotations.NullMarked;
