/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

/**
 * A zone that should be metered and cannot be.
 *
 * @param zone the zone
 * @param reason what the system said, without the name of the file
 */
record UnreadableZone(MeteredZone zone, String reason) {
    /** The JDK says {@code FILE (Permission denied)}. */
    UnreadableZone {
        reason = reason.replace(zone.zone().energyFile() + " ", "").replaceAll("^\\((.*)\\)$", "$1");
    }
}
