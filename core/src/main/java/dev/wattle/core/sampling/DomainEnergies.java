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
 * The energies of all domains of a meter at one instant, interpolated in their timelines.
 *
 * <p>Energies are cumulative microjoules since metering started, one for each domain in the meter's order; 0 for a domain
 * that was not read yet. Domains may join at any time. Thread-safe.
 */
public final class DomainEnergies {

    /** A domain without a reading for this time, beyond its lag and period, is not waited for. */
    private static final long PATIENCE_NANOS = 1_700_000_000L;

    /** The energies of a source that has been inside one call for longer are incomplete. */
    private static final long HELD_UP_NANOS = 1_000_000_000L;

    /** How much is known about the energies at an instant. */
    public enum Known {
        /** A reading after the instant is still to come. */
        NOT_YET,
        /** All that will be known; of a device that did not answer, the energy until its last reading. */
        PARTLY,
        /** Everything. */
        WHOLLY
    }

    private final EnergyMeter meter;

    /** The energies of one meter. */
    public DomainEnergies(EnergyMeter meter) {
        this.meter = meter;
    }

    /** The number of domains now. It may grow; a domain keeps its index. */
    public int size() {
        return meter.domains().size();
    }

    /** The array, or a new one of {@link #size()} if it is shorter. */
    public long[] sized(long[] array) {
        int size = size();
        return array.length < size ? new long[size] : array;
    }

    private DomainMeter meterOf(int index) {
        return meter.domains().get(index);
    }

    /** The domain of an index. */
    public EnergyDomain domain(int index) {
        return meterOf(index).domain();
    }

    /** Whether a domain was read at least once. */
    public boolean isKnown(int index) {
        return meterOf(index).isKnown();
    }

    /** A domain's energy until its last reading. */
    public long latest(int index) {
        return meterOf(index).microjoules();
    }

    /** Whether a domain's energy belongs to this run; that of accelerators in use by other programs does not. */
    public boolean isOurs(int index) {
        return meter.isOurs(meterOf(index));
    }

    /** The same for all domains. */
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
     * <p>A domain that does not answer is waited for a little, and then keeps its last energy. What it used meanwhile counts
     * from the time it is read again.
     *
     * @param nanos the instant, on {@link System#nanoTime()}
     * @param nowNanos the present, on the same clock
     * @param into takes the energies; at most {@link #size()} long
     */
    public Known at(long nanos, long nowNanos, long[] into) {
        boolean closed = meter.isClosed();
        boolean known = true;
        boolean whole = !isSourceMissing(closed);
        List<DomainMeter> domains = meter.domains();
        for (int i = 0; i < into.length; i++) {
            DomainMeter domain = domains.get(i);
            long microjoules = domain.isKnown() ? domain.timeline().microjoulesAt(nanos) : 0;
            if (microjoules == EnergyTimeline.NOT_YET) {
                microjoules = domain.microjoules();
                if (!domain.isRetired()) {
                    known &= closed || nowNanos - nanos > PATIENCE_NANOS + domain.lagNanos() + meter.periodNanos();
                    // The last instants of a run lie after every last reading.
                    whole &= closed && !domain.coverage().isInGap() || !meter.isOurs(domain);
                }
            }
            into[i] = microjoules == EnergyTimeline.LOST ? 0 : microjoules;
        }
        return known ? whole ? Known.WHOLLY : Known.PARTLY : Known.NOT_YET;
    }

    /** Whether a source does not answer; it may have devices that are not known yet. */
    private boolean isSourceMissing(boolean closed) {
        return closed ? !meter.unanswered().isEmpty() : meter.isHeldUp(HELD_UP_NANOS);
    }

    /** The longest time that the energies of an instant may be {@link Known#NOT_YET}, in nanoseconds. */
    public long maxWaitNanos() {
        long lag = 0;
        for (DomainMeter domain : meter.domains()) {
            lag = Math.max(lag, domain.lagNanos());
        }
        return PATIENCE_NANOS + lag + meter.periodNanos();
    }

    /** The shortest time whose energy can be reported, in nanoseconds: that between two steps of the slowest sensor. */
    public long resolutionNanos() {
        long longest = meter.periodNanos();
        for (DomainMeter domain : meter.domains()) {
            longest = Math.max(longest, domain.isRetired() ? 0 : domain.resolutionNanos());
        }
        return longest;
    }

    /**
     * The time from an instant to the first reading, in nanoseconds; 0 if the reading was earlier, and {@link
     * Long#MAX_VALUE} if there is none.
     */
    public long unmeteredNanos(long nanos) {
        long least = Long.MAX_VALUE;
        for (DomainMeter domain : meter.domains()) {
            if (domain.isKnown() && meter.isOurs(domain)) {
                least = Math.min(least, Math.max(0, domain.firstNanos() - nanos));
            }
        }
        return least;
    }

    /** The qualities of the energies of this run. */
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
