/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.energy.EnergyTimeline;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The energies of all of a meter's domains at one instant, by interpolation in their timelines.
 *
 * <p>Energies are cumulative microjoules since metering began, one a domain in the meter's order; a domain that was not yet
 * read has none. Domains may join at any time. Thread-safe.
 */
public final class DomainEnergies {

    /** A domain that says nothing for this much longer than its readings take is not waited for. */
    private static final long PATIENCE_NANOS = 1_700_000_000L;

    /** Of a source that is inside one call for longer, something is missing. */
    private static final long HELD_UP_NANOS = 1_000_000_000L;

    /** What is known of the energies at an instant. */
    public enum Known {
        /** A reading after the instant is still to come. */
        NOT_YET,
        /** All that will be known, and of a device that did not answer only what it used until its last reading. */
        PARTLY,
        /** All. */
        WHOLLY
    }

    private final EnergyMeter meter;

    public DomainEnergies(EnergyMeter meter) {
        this.meter = meter;
    }

    /** How many domains there are now. It may grow; a domain keeps its index. */
    public int size() {
        return meter.domains().size();
    }

    /** The array, or one of {@link #size()} where it is shorter. */
    public long[] sized(long[] array) {
        int size = size();
        return array.length < size ? new long[size] : array;
    }

    private DomainMeter meterOf(int index) {
        return meter.domains().get(index);
    }

    /** What one domain is. */
    public EnergyDomain domain(int index) {
        return meterOf(index).domain();
    }

    /** Whether a domain was read at least once. */
    public boolean isKnown(int index) {
        return meterOf(index).isKnown();
    }

    /** A domain's energy up to its latest reading. */
    public long latest(int index) {
        return meterOf(index).microjoules();
    }

    /** Whether a domain's energy belongs to this run: others' accelerators' does not. */
    public boolean isOurs(int index) {
        return meter.isOurs(meterOf(index));
    }

    /** The same of all domains. */
    public boolean[] ours() {
        List<DomainMeter> domains = meter.domains();
        boolean[] ours = new boolean[domains.size()];
        for (int i = 0; i < ours.length; i++) {
            ours[i] = meter.isOurs(domains.get(i));
        }
        return ours;
    }

    /**
     * Looks up the energies at an instant.
     *
     * <p>A domain that does not answer is waited for a little, and then stands where it is: what it is found to have used
     * meanwhile counts from when it is read again.
     *
     * @param nanos the instant, on {@link System#nanoTime()}
     * @param nowNanos the present, on the same clock
     * @param into takes the energies, as many as it is long; at most {@link #size()}
     * @return what is known; {@link Known#NOT_YET} where a reading after the instant is still to come
     */
    public Known at(long nanos, long nowNanos, long[] into) {
        boolean closed = meter.isClosed();
        boolean known = true;
        boolean whole = !isWaitedFor(closed);
        List<DomainMeter> domains = meter.domains();
        for (int i = 0; i < into.length; i++) {
            DomainMeter domain = domains.get(i);
            long microjoules = domain.isKnown() ? domain.timeline().microjoulesAt(nanos) : 0;
            if (microjoules == EnergyTimeline.NOT_YET) {
                microjoules = domain.microjoules();
                if (!domain.isRetired()) {
                    known &= closed || nowNanos - nanos > PATIENCE_NANOS + domain.lagNanos() + meter.periodNanos();
                    // The last instants of a run lie behind every last reading.
                    whole &= closed && !domain.coverage().isInGap() || !meter.isOurs(domain);
                }
            }
            into[i] = microjoules == EnergyTimeline.LOST ? 0 : microjoules;
        }
        return known ? whole ? Known.WHOLLY : Known.PARTLY : Known.NOT_YET;
    }

    /** Whether a source does not answer, which may have more devices than are known. */
    private boolean isWaitedFor(boolean closed) {
        return closed ? !meter.unanswered().isEmpty() : meter.isHeldUp(HELD_UP_NANOS);
    }

    /** The longest that an instant may be {@link Known#NOT_YET}, in nanoseconds. */
    public long longestWaitNanos() {
        long lag = 0;
        for (DomainMeter domain : meter.domains()) {
            lag = Math.max(lag, domain.lagNanos());
        }
        return PATIENCE_NANOS + lag + meter.periodNanos();
    }

    /** The shortest stretch of time whose energy can be told: that between two steps of the slowest sensor, in nanoseconds. */
    public long resolutionNanos() {
        long longest = meter.periodNanos();
        for (DomainMeter domain : meter.domains()) {
            longest = Math.max(longest, domain.isRetired() ? 0 : domain.resolutionNanos());
        }
        return longest;
    }

    /** How long after an instant the first reading was; 0 where it was before, and for ever where there is none. */
    public long unmeteredNanos(long nanos) {
        long least = Long.MAX_VALUE;
        for (DomainMeter domain : meter.domains()) {
            if (domain.isKnown() && meter.isOurs(domain)) {
                least = Math.min(least, Math.max(0, domain.firstNanos() - nanos));
            }
        }
        return least;
    }

    /** The qualities of the domains that belong to this run and were read. */
    public Set<Quality> qualities() {
        Set<Quality> qualities = EnumSet.noneOf(Quality.class);
        for (DomainMeter domain : meter.domains()) {
            if (domain.isKnown() && meter.isOurs(domain)) {
                qualities.add(domain.domain().quality());
            }
        }
        return qualities;
    }
}
