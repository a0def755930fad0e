/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

/**
 * A zone that should be metered and cannot be.
 *
 * @param zone the zone
 * @param reason what the system said
 */
record UnreadableZone(MeteredZone zone, String reason) {}
