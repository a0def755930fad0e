/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import dev.wattle.EnergyWindow;
import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.WindowRecord;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.time.SamplingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A window of the program's.
 *
 * <p>Opening and closing only note the instant. The energies at both are looked up later, by the meter's own thread or by
 * whoever asks, and for the same instants always come out the same; so adjacent windows add up. The lookup is under the
 * window's lock, which neither opening nor closing takes.
 */
final class MeteredWindow implements EnergyWindow {

    private static final long OPEN = Long.MIN_VALUE;
    private static final long LEAST_PATIENCE_NANOS = 2_000_000_000L;
    private static final long MOST_PATIENCE_NANOS = 3_000_000_000L;
    private static final long POLL_NANOS = 5_000_000L;

    private final WindowRegistry book;
    private final SamplingClock clock;
    private final DomainEnergies energies;
    private final String name;
    private final boolean metered;
    private final boolean told;
    private final Instant began;
    private final long beginNanos;
    private final AtomicLong endNanos = new AtomicLong(OPEN);

    private long @Nullable [] beginMicrojoules;
    private boolean beginIsWhole = true;
    private volatile @Nullable Known known;

    /**
     * Begins now.
     *
     * @param metered whether its energy will be known
     * @param told whether others are told of it
     */
    MeteredWindow(
            WindowRegistry book,
            SamplingClock clock,
            DomainEnergies energies,
            String name,
            boolean metered,
            boolean told) {
        this(book, clock, energies, name, metered, told, clock.nanoTime());
    }

    /** @param beginNanos when it began, which may be a while ago */
    MeteredWindow(
            WindowRegistry book,
            SamplingClock clock,
            DomainEnergies energies,
            String name,
            boolean metered,
            boolean told,
            long beginNanos) {
        this.book = book;
        this.clock = clock;
        this.energies = energies;
        this.name = name;
        this.metered = metered;
        this.told = told;
        this.began = clock.wallTime().minusNanos(Math.max(0, clock.nanoTime() - beginNanos));
        this.beginNanos = beginNanos;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        end();
    }

    /** Ends the window; whether it was open. */
    boolean end() {
        return end(clock.nanoTime());
    }

    /** The same, at an instant that may have passed. */
    boolean end(long nanos) {
        if (!endNanos.compareAndSet(OPEN, nanos)) {
            return false;
        }
        if (metered) {
            book.closed(this);
        }
        return true;
    }

    @Override
    public double joules() {
        Map<EnergyDomain, Long> microjoules = microjoules();
        return microjoules.isEmpty() ? Double.NaN : EnergyUnits.joules(EnergySums.total(microjoules));
    }

    @Override
    public Map<String, Double> joulesByDevice() {
        Map<String, Double> joules = new LinkedHashMap<>();
        microjoules()
                .forEach((domain, energy) -> joules.merge(domain.device(), EnergyUnits.joules(energy), Double::sum));
        return joules;
    }

    @Override
    public Duration duration() {
        long end = endNanos.get();
        return Duration.ofNanos((end == OPEN ? clock.nanoTime() : end) - beginNanos);
    }

    @Override
    public Duration metered() {
        Duration whole = duration();
        long unmetered = metered ? energies.unmeteredNanos(beginNanos) : Long.MAX_VALUE;
        return unmetered >= whole.toNanos() ? Duration.ZERO : whole.minusNanos(unmetered);
    }

    @Override
    public String quality() {
        StringJoiner tags = new StringJoiner("+").setEmptyValue("none");
        if (metered) {
            for (Quality quality : energies.qualities()) {
                tags.add(quality.tag());
            }
        }
        return tags.toString();
    }

    @Override
    public boolean isComplete() {
        if (!metered) {
            return false;
        }
        if (isOpen()) {
            return isCompleteSoFar();
        }
        WindowRecord window = await();
        return window != null && !window.incomplete() && window.unmeteredNanos() == 0;
    }

    private synchronized boolean isCompleteSoFar() {
        return lookUpBegin(clock.nanoTime()) && beginIsWhole;
    }

    @Override
    public Duration resolution() {
        if (!metered || energies.size() == 0) {
            return Duration.ZERO;
        }
        Known end = known;
        return Duration.ofNanos(end == null ? energies.resolutionNanos() : end.resolutionNanos());
    }

    long beginNanos() {
        return beginNanos;
    }

    /** When it ended; meaningless while {@link #isOpen()}. */
    long endNanos() {
        return endNanos.get();
    }

    long now() {
        return clock.nanoTime();
    }

    boolean isOpen() {
        return endNanos.get() == OPEN;
    }

    boolean isTold() {
        return told;
    }

    /** Looks up the energies at the begin, unless they are known; whether they are now. */
    synchronized boolean lookUpBegin(long nowNanos) {
        if (beginMicrojoules == null && known == null) {
            long[] found = new long[energies.size()];
            DomainEnergies.Known at = energies.at(beginNanos, nowNanos, found);
            if (at == DomainEnergies.Known.NOT_YET) {
                return false;
            }
            beginIsWhole = at == DomainEnergies.Known.WHOLLY;
            beginMicrojoules = found;
        }
        return true;
    }

    /** What is known of the window once it is closed; null where a reading after its end is still to come. */
    synchronized @Nullable WindowRecord lookUp(long nowNanos) {
        Known before = known;
        if (before != null) {
            return before.window();
        }
        if (!lookUpBegin(nowNanos)) {
            return null;
        }
        long end = endNanos.get();
        long[] found = new long[energies.size()];
        DomainEnergies.Known at = energies.at(end, nowNanos, found);
        if (at == DomainEnergies.Known.NOT_YET) {
            return null;
        }
        long nanos = end - beginNanos;
        long resolution = energies.resolutionNanos();
        WindowRecord window = new WindowRecord(
                name,
                began,
                beginNanos,
                nanos,
                since(found),
                nanos / 2 < resolution,
                Math.min(nanos, energies.unmeteredNanos(beginNanos)),
                !beginIsWhole || at != DomainEnergies.Known.WHOLLY);
        known = new Known(window, resolution);
        beginMicrojoules = null;
        return window;
    }

    private Map<EnergyDomain, Long> microjoules() {
        if (!metered) {
            return Map.of();
        }
        if (isOpen()) {
            return soFar();
        }
        WindowRecord window = await();
        return window == null ? Map.of() : window.microjoules();
    }

    private synchronized Map<EnergyDomain, Long> soFar() {
        long now = clock.nanoTime();
        if (!lookUpBegin(now)) {
            return Map.of();
        }
        long[] latest = new long[energies.size()];
        energies.at(now, now, latest);
        return since(latest);
    }

    private @Nullable WindowRecord await() {
        long patience = Math.max(LEAST_PATIENCE_NANOS, energies.maxWaitNanos() + 2 * POLL_NANOS);
        long deadline = clock.nanoTime() + Math.min(patience, MOST_PATIENCE_NANOS);
        while (true) {
            long now = clock.nanoTime();
            WindowRecord window = lookUp(now);
            if (window != null || now - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return window;
            }
            clock.parkUntil(now + POLL_NANOS);
        }
    }

    /** The energies of this run's domains between the begin and then; of those that were read. */
    private Map<EnergyDomain, Long> since(long[] then) {
        long[] begin = beginMicrojoules;
        Map<EnergyDomain, Long> microjoules = new LinkedHashMap<>();
        for (int i = 0; begin != null && i < then.length; i++) {
            if (energies.isKnown(i) && energies.isOurs(i)) {
                long before = i < begin.length ? begin[i] : 0;
                microjoules.put(energies.domain(i), Math.max(0, then[i] - before));
            }
        }
        return microjoules;
    }

    /** @param resolutionNanos of the sensors when the window was looked up */
    private record Known(WindowRecord window, long resolutionNanos) {}
}
