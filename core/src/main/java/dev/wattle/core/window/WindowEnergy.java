/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import dev.wattle.core.epoch.WindowRecord;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.time.SamplingClock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The energy of one window, looked up in the timelines once the readings after its start and its end are in.
 *
 * <p>A lookup of the same instant always gives the same energy, so adjacent windows add up. Thread-safe; under a lock that
 * neither opening nor closing a window takes.
 */
final class WindowEnergy {

    private static final long MIN_PATIENCE_NANOS = 2_000_000_000L;
    private static final long MAX_PATIENCE_NANOS = 3_000_000_000L;
    private static final long POLL_NANOS = 5_000_000L;

    private final SamplingClock clock;
    private final DomainEnergies energies;
    private final String name;
    private final Instant started;
    private final long startNanos;

    private long @Nullable [] startMicrojoules;
    private boolean startIsComplete = true;
    private @Nullable WindowRecord record;
    private volatile long resolutionNanos;

    /** @param startNanos when the window started, on the meter's clock; may be a while ago */
    WindowEnergy(SamplingClock clock, DomainEnergies energies, String name, long startNanos) {
        this.clock = clock;
        this.energies = energies;
        this.name = name;
        this.started = clock.wallTime().minusNanos(Math.max(0, clock.nanoTime() - startNanos));
        this.startNanos = startNanos;
    }

    /** Looks up the energies at the start, unless they are known; whether they are now. */
    synchronized boolean lookUpStart(long nowNanos) {
        if (startMicrojoules == null && record == null) {
            long[] found = new long[energies.size()];
            DomainEnergies.Known at = energies.at(startNanos, nowNanos, found);
            if (at == DomainEnergies.Known.NOT_YET) {
                return false;
            }
            startIsComplete = at == DomainEnergies.Known.WHOLLY;
            startMicrojoules = found;
        }
        return true;
    }

    /**
     * The record of the window once it is closed.
     *
     * @param endNanos when it ended, the same in every call
     * @return null where a reading after its end is still to come
     */
    synchronized @Nullable WindowRecord lookUp(long endNanos, long nowNanos) {
        WindowRecord known = record;
        if (known != null) {
            return known;
        }
        if (!lookUpStart(nowNanos)) {
            return null;
        }
        long[] found = new long[energies.size()];
        DomainEnergies.Known at = energies.at(endNanos, nowNanos, found);
        if (at == DomainEnergies.Known.NOT_YET) {
            return null;
        }
        long nanos = endNanos - startNanos;
        long resolution = energies.resolutionNanos();
        known = new WindowRecord(
                name,
                started,
                startNanos,
                nanos,
                sinceStart(found),
                nanos / 2 < resolution,
                Math.min(nanos, energies.unmeteredNanos(startNanos)),
                !startIsComplete || at != DomainEnergies.Known.WHOLLY);
        record = known;
        resolutionNanos = resolution;
        startMicrojoules = null;
        return known;
    }

    /** The same, waiting up to three seconds for the reading; null where it did not come or the thread is interrupted. */
    @Nullable
    WindowRecord await(long endNanos) {
        long patience = Math.max(MIN_PATIENCE_NANOS, energies.maxWaitNanos() + 2 * POLL_NANOS);
        long deadline = clock.nanoTime() + Math.min(patience, MAX_PATIENCE_NANOS);
        while (true) {
            long now = clock.nanoTime();
            WindowRecord window = lookUp(endNanos, now);
            if (window != null || now - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return window;
            }
            clock.parkUntil(now + POLL_NANOS);
        }
    }

    /** The energies up to the last reading; empty where the first reading after the start is still to come. */
    synchronized Map<EnergyDomain, Long> soFar() {
        long now = clock.nanoTime();
        if (!lookUpStart(now)) {
            return Map.of();
        }
        long[] latest = new long[energies.size()];
        energies.at(now, now, latest);
        return sinceStart(latest);
    }

    /** Whether every device answered at the start. */
    synchronized boolean isCompleteSoFar() {
        return lookUpStart(clock.nanoTime()) && startIsComplete;
    }

    /** The resolution of the sensors when the record was made; until then the present one. */
    long resolutionNanos() {
        long atEnd = resolutionNanos;
        return atEnd == 0 ? energies.resolutionNanos() : atEnd;
    }

    /** The energies of this run's domains that were read, from the start to an instant. */
    private Map<EnergyDomain, Long> sinceStart(long[] then) {
        long[] start = startMicrojoules;
        Map<EnergyDomain, Long> microjoules = new LinkedHashMap<>();
        for (int i = 0; start != null && i < then.length; i++) {
            if (energies.isKnown(i) && energies.isOurs(i)) {
                long before = i < start.length ? start[i] : 0;
                microjoules.put(energies.domain(i), Math.max(0, then[i] - before));
            }
        }
        return microjoules;
    }
}
