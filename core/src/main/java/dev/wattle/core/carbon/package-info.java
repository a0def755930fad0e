/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a joule means in grams of CO2e: grid zones, cloud regions, PUE and the one formula that joins them.
 *
 * <p>No network and no measured power live here; figures that change with the years are resources of this package.
 */
@NullMarked
package dev.wattle.core.carbon;

import org.jspecify.annotations.NullMarked;
