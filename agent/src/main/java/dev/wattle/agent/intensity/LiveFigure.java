/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

import dev.wattle.core.carbon.CarbonIntensity;

/**
 * The carbon intensity of now, as a service states it. Immutable.
 *
 * @param intensity the figure; its source is the service
 * @param estimated whether the service estimated it, in place of measuring it
 */
record LiveFigure(CarbonIntensity intensity, boolean estimated) {}
