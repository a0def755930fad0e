/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a mass of CO2e means: equivalences, the hardware's embodied share, the SCI score, the same energy elsewhere.
 *
 * <p>Works on figures only; measures nothing. Figures that change with the years are resources of this package.
 */
@NullMarked
package dev.wattle.core.impact;

import org.jspecify.annotations.NullMarked;
