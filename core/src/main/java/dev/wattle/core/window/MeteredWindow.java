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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A window of the program.
 *
 * <p>Opening and closing only note the instant. The energies at both are looked up later, by the meter's own thread or by
 * the thread that asks.
 */
final class MeteredWindow implements EnergyWindow {

    private static final long OPEN = Long.MIN_VALUE;

    private final WindowRegistry registry;
    private final SamplingClock clock;
    private final DomainEnergies energies;
    private final String name;
    private final boolean metered;
    private final boolean recorded;
    private final long startNanos;
    private final AtomicLong endNanos = new AtomicLong(OPEN);
    private final WindowEnergy energy;

    /**
     * Opens a window.
     *
     * @param metered whether its energy will be known
     * @param recorded whether it counts in the sums and the observer receives it
     * @param startNanos when it started, on the meter's clock; may be a while ago
     */
    MeteredWindow(
            WindowRegistry registry,
            SamplingClock clock,
            DomainEnergies energies,
            String name,
            boolean metered,
            boolean recorded,
            long startNanos) {
        this.registry = registry;
        this.clock = clock;
        this.energies = energies;
        this.name = name;
        this.metered = metered;
        this.recorded = recorded;
        this.startNanos = startNanos;
        this.energy = new WindowEnergy(clock, energies, name, startNanos);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        end(clock.nanoTime());
    }

    /** Ends the window at an instant that may have passed; whether it was open. */
    boolean end(long nanos) {
        if (!endNanos.compareAndSet(OPEN, nanos)) {
            return false;
        }
        if (metered) {
            registry.closed(this);
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
        microjoules().forEach((domain, part) -> joules.merge(domain.device(), EnergyUnits.joules(part), Double::sum));
        return joules;
    }

    private Map<EnergyDomain, Long> microjoules() {
        if (!metered) {
            return Map.of();
        }
        if (isOpen()) {
            return energy.soFar();
        }
        WindowRecord window = energy.await(endNanos());
        return window == null ? Map.of() : window.microjoules();
    }

    @Override
    public Duration duration() {
        long end = endNanos.get();
        return Duration.ofNanos((end == OPEN ? clock.nanoTime() : end) - startNanos);
    }

    @Override
    public Duration metered() {
        Duration whole = duration();
        long unmetered = metered ? energies.unmeteredNanos(startNanos) : Long.MAX_VALUE;
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
            return energy.isCompleteSoFar();
        }
        WindowRecord window = energy.await(endNanos());
        return window != null && !window.incomplete() && window.unmeteredNanos() == 0;
    }

    @Override
    public Duration resolution() {
        return metered && energies.size() > 0 ? Duration.ofNanos(energy.resolutionNanos()) : Duration.ZERO;
    }

    /** Looks up the energies at the start, unless they are known; whether they are now. */
    boolean lookUpStart(long nowNanos) {
        return energy.lookUpStart(nowNanos);
    }

    /** The record of the window once it is closed; null where a reading after its end is still to come. */
    @Nullable
    WindowRecord lookUp(long nowNanos) {
        return energy.lookUp(endNanos(), nowNanos);
    }

    long startNanos() {
        return startNanos;
    }

    /** When it ended; meaningless while {@link #isOpen()}. */
    long endNanos() {
        return endNanos.get();
    }

    /** The present, on the meter's clock. */
    long now() {
        return clock.nanoTime();
    }

    boolean isOpen() {
        return endNanos.get() == OPEN;
    }

    /** Whether it counts in the sums and the observer receives it. */
    boolean isRecorded() {
        return recorded;
    }
}
