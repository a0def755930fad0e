/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Converts energy to CO2e: grid zones, cloud regions, PUE and the one formula that combines them.
 *
 * <p>Needs no network and no measured power. Figures that change with the years are resources of this package.
 */
@NullMarked
package dev.wattle.core.carbon;

import org.jspecify.annotations.NullMarked;
