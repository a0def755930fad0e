/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.sampling.EnergyMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Publishes the energy, power and CO2e of every domain, this JVM's share, and the carbon intensity.
 *
 * <p>A domain has meters from its first reading on; a domain that is never read has none. The sum of a meter over all its
 * labels is always meaningful: domains do not overlap, and energies of different {@code quality} have meters of their own.
 *
 * <p>Thread-safe. The meters hold the {@link EnergyMeter} weakly; {@link #close()} removes them from their registries.
 */
public final class EnergyMeters implements MeterBinder, AutoCloseable {

    private final DeviceMeters devices;
    private final ProcessMeters process;
    private final CarbonMeters carbon;

    /** Meters without further labels. */
    public EnergyMeters(EnergyMeter meter, CarbonSettings carbon) {
        this(meter, carbon, List.of());
    }

    /** Meters with further labels. */
    public EnergyMeters(EnergyMeter meter, CarbonSettings carbon, Iterable<Tag> extraTags) {
        this(meter, carbon, DomainMeter::microjoules, extraTags);
    }

    /**
     * Meters whose energies are those of a snapshot.
     *
     * @param microjoules the energy of a domain since metering started; never decreases
     */
    public EnergyMeters(
            EnergyMeter meter,
            CarbonSettings carbon,
            ToLongFunction<DomainMeter> microjoules,
            Iterable<Tag> extraTags) {
        this(meter, () -> carbon, microjoules, extraTags);
    }

    /**
     * Meters whose energies are those of a snapshot, in a run whose carbon intensity changes.
     *
     * @param carbon the settings of the same snapshot
     * @param microjoules the energy of a domain since metering started; never decreases
     */
    public EnergyMeters(
            EnergyMeter meter,
            Supplier<CarbonSettings> carbon,
            ToLongFunction<DomainMeter> microjoules,
            Iterable<Tag> extraTags) {
        Tags tags = Tags.of(extraTags);
        this.devices = new DeviceMeters(meter, carbon, microjoules, tags);
        this.process = new ProcessMeters(meter, tags);
        this.carbon = new CarbonMeters(carbon, tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        devices.bindTo(registry);
        process.bindTo(registry);
        carbon.bindTo(registry);
    }

    /** Gives the carbon intensity the labels of its source of now; before a scrape. */
    public void refresh() {
        carbon.refresh();
    }

    @Override
    public void close() {
        devices.close();
        process.close();
        carbon.close();
    }
}
