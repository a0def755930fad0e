/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From boundaries and timelines to the energy of epochs, phases and iterations; energy is conserved here.
 *
 * <p>For the thread {@code wattle-run}. Nothing here exports or forecasts.
 */
@NullMarked
package dev.wattle.core.attribution;

import org.jspecify.annotations.NullMarked;
