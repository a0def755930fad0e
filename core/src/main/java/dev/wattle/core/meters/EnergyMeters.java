/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EnergyUnits;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.sampling.DomainMeter;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.ProcessShare;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Publishes the energy, power and CO2e of every domain, this JVM's share, and the carbon intensity they rest on.
 *
 * <p>A domain has meters from its first reading on; one that is never read has none. Summing a meter over all its labels
 * is always meaningful: domains do not overlap, and energy known in different ways stands apart under {@code quality}.
 *
 * <p>The meters live as long as the {@link EnergyMeter} does; thread-safe.
 */
public final class EnergyMeters implements MeterBinder {

    private static final String JOULES = "joules";
    private static final double MICRO = 1e-6;
    private static final double NANO = 1e-9;

    private final EnergyMeter meter;
    private final CarbonSettings carbon;
    private final Tags extraTags;

    /** Publishes with no further labels. */
    public EnergyMeters(EnergyMeter meter, CarbonSettings carbon) {
        this(meter, carbon, List.of());
    }

    /** Publishes with labels that every meter gets. */
    public EnergyMeters(EnergyMeter meter, CarbonSettings carbon, Iterable<Tag> extraTags) {
        this.meter = meter;
        this.carbon = carbon;
        this.extraTags = Tags.of(extraTags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (DomainMeter domain : meter.domains()) {
            domain.whenKnown(() -> bindDomain(domain, registry));
        }
        meter.processShare().ifPresent(share -> bindShare(share, registry));
        bindCarbon(registry);
    }

    private void bindDomain(DomainMeter domain, MeterRegistry registry) {
        EnergyDomain described = domain.domain();
        Tags tags = extraTags.and(
                "component", described.component().tag(),
                "device", described.device(),
                "quality", described.quality().tag());
        FunctionCounter.builder("wattle.energy", domain, source -> source.microjoules() * MICRO)
                .description("Energy used since metering began")
                .baseUnit(JOULES)
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("wattle.energy.kwh", domain, source -> EnergyUnits.kwh(source.microjoules()))
                .description("Energy used since metering began, in the unit of electricity bills")
                .baseUnit("kwh")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("wattle.co2e", domain, source -> carbon.gramsCo2e(source.microjoules()))
                .description("Greenhouse gas emitted for the energy used, PUE included")
                .baseUnit("grams")
                .tags(tags)
                .register(registry);
        Gauge.builder("wattle.power", domain, EnergyMeters::watts)
                .description("Mean power over the last second; NaN where it is not known")
                .baseUnit("watts")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "wattle.gap", domain, source -> source.coverage().gapNanos() * NANO)
                .description("Time in which the device was not seen")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry);
        Gauge.builder("wattle.device.info", domain, source -> 1)
                .description("Which hardware a device is; always 1")
                .tags(extraTags.and(
                        "device", described.device(),
                        "name", described.name(),
                        "uuid", described.uuid(),
                        "scope", described.scope().tag(),
                        "source", described.source()))
                .register(registry);
    }

    private void bindShare(ProcessShare share, MeterRegistry registry) {
        Set<Quality> bound = EnumSet.noneOf(Quality.class);
        for (DomainMeter processor : share.processors()) {
            Quality quality = processor.domain().quality();
            if (bound.add(quality)) {
                processor.whenKnown(() -> bindShare(share, quality, registry));
            }
        }
    }

    private void bindShare(ProcessShare share, Quality quality, MeterRegistry registry) {
        FunctionCounter.builder("wattle.process.energy", share, source -> joules(source, quality))
                .description("This JVM's share of the processors' energy, by processor time, idle power left out")
                .baseUnit(JOULES)
                .tags(extraTags.and("component", "cpu", "quality", quality.tag()))
                .register(registry);
    }

    private void bindCarbon(MeterRegistry registry) {
        CarbonIntensity intensity = carbon.intensity();
        Gauge.builder(
                        "wattle.carbon.intensity",
                        carbon,
                        source -> source.intensity().gramsPerKwh())
                .description("Greenhouse gas per kilowatt-hour that CO2e figures rest on")
                .baseUnit("grams_per_kwh")
                .tags(extraTags.and(
                        "zone", intensity.zone(),
                        "source", intensity.source(),
                        "year", intensity.year() == 0 ? "" : Integer.toString(intensity.year())))
                .strongReference(true)
                .register(registry);
        Gauge.builder("wattle.pue", carbon, CarbonSettings::pue)
                .description("Power usage effectiveness that CO2e figures include")
                .tags(extraTags)
                .strongReference(true)
                .register(registry);
    }

    private static double watts(DomainMeter domain) {
        long microwatts = domain.microwatts();
        return microwatts == DomainMeter.UNKNOWN ? Double.NaN : microwatts * MICRO;
    }

    private static double joules(ProcessShare share, Quality quality) {
        long sum = 0;
        for (int i = 0; i < share.processors().size(); i++) {
            if (share.processors().get(i).domain().quality() == quality) {
                sum += share.microjoules(i);
            }
        }
        return sum * MICRO;
    }
}
