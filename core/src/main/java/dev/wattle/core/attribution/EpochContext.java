/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.time.SamplingClock;
import dev.wattle.core.time.TimeAnchor;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the record of an epoch needs besides its numbers: the names of the domains, dates and the sensors' resolution. */
record EpochContext(DomainEnergies energies, TimeAnchor anchor, long resolutionNanos) {

    /** A stretch of fewer steps of the slowest sensor is below resolution. */
    private static final int STEPS = 2;

    static EpochContext now(DomainEnergies energies, SamplingClock clock) {
        return new EpochContext(energies, TimeAnchor.now(clock), energies.resolutionNanos());
    }

    Instant dateOf(long nanos) {
        return anchor.dateOf(nanos);
    }

    boolean resolves(long nanos) {
        return nanos >= STEPS * resolutionNanos;
    }

    /** Whether metering started after this instant. */
    boolean isBeforeMetering(long nanos) {
        long unmetered = energies.unmeteredNanos(nanos);
        return unmetered > 0 && unmetered < Long.MAX_VALUE;
    }

    EnergyDomain domain(int index) {
        return energies.domain(index);
    }

    /** The energies of this run's domains. */
    Map<EnergyDomain, Long> byDomain(long[] microjoules) {
        Map<EnergyDomain, Long> named = new LinkedHashMap<>();
        for (int i = 0; i < energies.size(); i++) {
            if (energies.isOurs(i)) {
                named.put(energies.domain(i), i < microjoules.length ? microjoules[i] : 0);
            }
        }
        return Collections.unmodifiableMap(named);
    }
}
