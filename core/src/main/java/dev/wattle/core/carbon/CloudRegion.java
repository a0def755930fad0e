/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

import java.util.Optional;

/**
 * A region of a cloud provider. Immutable.
 *
 * @param provider as in the configuration, such as {@code aws}
 * @param region the provider's name of the region
 * @param location for people
 * @param zone the zone it lies in; another zone's figure may stand for it
 * @param intensity the provider's own figure where there is one, else that of the zone
 * @param pue the PUE that the provider published for the region, else for all its regions
 */
public record CloudRegion(
        String provider, String region, String location, String zone, CarbonIntensity intensity, Optional<Pue> pue) {

    /** As it is written in the configuration: {@code aws:eu-west-3}. */
    public String name() {
        return provider + ":" + region;
    }

    /** Whether the carbon intensity is the provider's own figure. */
    public boolean hasOwnFigure() {
        return !intensity.zone().equals(zone);
    }
}
