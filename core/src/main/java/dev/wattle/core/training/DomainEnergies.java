/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.sampling.DomainMeter;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.timeline.EnergyTimeline;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The energies of all of a meter's domains at one instant, by interpolation in their timelines.
 *
 * <p>Energies are cumulative microjoules since metering began, one a domain in the meter's order; a domain that was not yet
 * read has none. Thread-safe.
 */
public final class DomainEnergies {

    /** A domain that says nothing for this much longer than its readings take is not waited for. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private final EnergyMeter meter;
    private final List<DomainMeter> domains;

    public DomainEnergies(EnergyMeter meter) {
        this.meter = meter;
        this.domains = meter.domains();
    }

    /** How many domains there are. */
    public int size() {
        return domains.size();
    }

    /** What one domain is. */
    public EnergyDomain domain(int index) {
        return domains.get(index).domain();
    }

    /** Whether a domain was read at least once. */
    public boolean isKnown(int index) {
        return domains.get(index).isKnown();
    }

    /** A domain's energy up to its latest reading. */
    long latest(int index) {
        return domains.get(index).microjoules();
    }

    /** Whether a domain's energy belongs to this run: others' accelerators' does not. */
    public boolean isOurs(int index) {
        return meter.isOurs(domains.get(index));
    }

    /**
     * Looks up the energies at an instant.
     *
     * <p>A domain that does not answer is waited for a little, and then stands where it is: what it is found to have used
     * meanwhile counts from when it is read again.
     *
     * @param nanos the instant, on {@link System#nanoTime()}
     * @param nowNanos the present, on the same clock
     * @param into takes the energies, at least {@link #size()} long
     * @return whether all are known; otherwise a reading after the instant is still to come
     */
    public boolean at(long nanos, long nowNanos, long[] into) {
        boolean known = true;
        for (int i = 0; i < domains.size(); i++) {
            DomainMeter domain = domains.get(i);
            long microjoules = domain.isKnown() ? domain.timeline().microjoulesAt(nanos) : 0;
            if (microjoules == EnergyTimeline.NOT_YET) {
                known &=
                        meter.isClosed() || nowNanos - nanos > PATIENCE_NANOS + domain.lagNanos() + meter.periodNanos();
                microjoules = domain.microjoules();
            }
            into[i] = microjoules == EnergyTimeline.LOST ? 0 : microjoules;
        }
        return known;
    }

    /** The shortest stretch of time whose energy can be told: that between two steps of the slowest sensor, in nanoseconds. */
    public long resolutionNanos() {
        long longest = meter.periodNanos();
        for (DomainMeter domain : domains) {
            longest = Math.max(longest, domain.resolutionNanos());
        }
        return longest;
    }

    /** The qualities of the domains that belong to this run and were read. */
    public Set<Quality> qualities() {
        Set<Quality> qualities = EnumSet.noneOf(Quality.class);
        for (int i = 0; i < domains.size(); i++) {
            if (domains.get(i).isKnown() && isOurs(i)) {
                qualities.add(domain(i).quality());
            }
        }
        return qualities;
    }

    /** The sum over all domains, in microjoules. */
    static long total(Map<EnergyDomain, Long> microjoules) {
        long sum = 0;
        for (long part : microjoules.values()) {
            sum += part;
        }
        return sum;
    }
}
