/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Sensor;
import java.util.List;
import java.util.Optional;

/**
 * How often a counter that wraps must be read.
 *
 * <p>A counter whose value fell has wrapped or was reset. The energy that a wrap would mean shows which of the two it was.
 * Between two readings at this pace no hardware of its kind uses more than a sixteenth of the range, so that a counter which
 * fell to zero from below the last sixteenth was reset. A reading costs microseconds.
 */
public final class CounterPace {

    /** The part of the range that is used between two readings at the highest plausible power. */
    private static final int RANGE_PART = 16;

    /** For any range: the meter may cost a hundred readings a second. */
    private static final long MIN_NANOS = 10_000_000L;

    private CounterPace() {}

    /** The longest time between two readings that suits all of the domains, in nanoseconds. */
    public static long nanos(List<EnergyDomain> domains) {
        long shortest = Long.MAX_VALUE;
        for (EnergyDomain domain : domains) {
            if (range(domain) > 0) {
                shortest = Math.min(shortest, Math.max(nanosOfRange(domain) / RANGE_PART, MIN_NANOS));
            }
        }
        return shortest;
    }

    /** The warning about a counter that may wrap twice between two readings; empty for other counters. */
    public static Optional<String> warning(EnergyDomain domain) {
        if (range(domain) == 0 || nanosOfRange(domain) >= 2 * MIN_NANOS) {
            return Optional.empty();
        }
        return Optional.of("the counter of " + domain.device() + " restarts at zero every "
                + EnergyUnits.joules(range(domain))
                + " J, sooner than it can be read: its energy may be missing or wrong. See max_energy_range_uj in "
                + domain.source());
    }

    private static long range(EnergyDomain domain) {
        return domain.sensor() instanceof Sensor.Counter counter ? counter.rangeMicrojoules() : 0;
    }

    /** How long the range lasts at the highest plausible power. */
    private static long nanosOfRange(EnergyDomain domain) {
        return (long) (range(domain) * 1e9 / PlausiblePower.microwatts(domain));
    }
}
