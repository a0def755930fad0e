/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.energy.PlausiblePower;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Sensor;
import java.util.List;
import java.util.Optional;

/**
 * How often a counter must be read that begins anew at the end of its range.
 *
 * <p>A counter that fell has wrapped or was reset, and which of the two shows in the energy that a wrap would mean. Between
 * two readings at this pace no hardware of its kind uses up more than a sixteenth of the range, so that a counter which
 * fell to zero from anywhere below the last sixteenth was reset. A reading costs microseconds.
 */
final class CounterPace {

    /** Of the range, between two readings at the highest power that is believed. */
    private static final int PART = 16;

    /** No shorter, whatever the range: a hundred readings a second are what the meter may cost. */
    private static final long SHORTEST_NANOS = 10_000_000L;

    private CounterPace() {}

    /** The longest time between two readings that suits all of the domains, in nanoseconds. */
    static long nanos(List<EnergyDomain> domains) {
        long shortest = Long.MAX_VALUE;
        for (EnergyDomain domain : domains) {
            if (range(domain) > 0) {
                shortest = Math.min(shortest, Math.max(nanosOfRange(domain) / PART, SHORTEST_NANOS));
            }
        }
        return shortest;
    }

    /** What to say of a counter that may begin anew twice between two readings at the shortest pace. */
    static Optional<String> warning(EnergyDomain domain) {
        if (range(domain) == 0 || nanosOfRange(domain) >= 2 * SHORTEST_NANOS) {
            return Optional.empty();
        }
        return Optional.of("the counter of " + domain.device() + " begins anew every " + range(domain) / 1e6
                + " J, sooner than it can be read: its energy may be missing or wrong. See max_energy_range_uj in "
                + domain.source());
    }

    private static long range(EnergyDomain domain) {
        return domain.sensor() instanceof Sensor.Counter counter ? counter.rangeMicrojoules() : 0;
    }

    /** How long a range lasts at the highest power that is believed. */
    private static long nanosOfRange(EnergyDomain domain) {
        return (long) (range(domain) * 1e9 / PlausiblePower.microwatts(domain));
    }
}
