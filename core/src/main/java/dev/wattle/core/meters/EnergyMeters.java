/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.domain.CrossCheck;
import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.DeviceUsage.Use;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.ProcessShare;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

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
    private static final String SHARE = "This JVM's share of the processors' and the accelerators' energy";
    private static final String OURS = "wattle.";
    private static final String OTHERS = "wattle.others.";
    private static final double MICRO = 1e-6;
    private static final double NANO = 1e-9;

    private final EnergyMeter meter;
    private final CarbonSettings carbon;
    private final ToLongFunction<DomainMeter> microjoules;
    private final Tags extraTags;

    /** Publishes with no further labels. */
    public EnergyMeters(EnergyMeter meter, CarbonSettings carbon) {
        this(meter, carbon, DomainMeter::microjoules, List.of());
    }

    /** Publishes with labels that every meter gets. */
    public EnergyMeters(EnergyMeter meter, CarbonSettings carbon, Iterable<Tag> extraTags) {
        this(meter, carbon, DomainMeter::microjoules, extraTags);
    }

    /**
     * Publishes energies as somebody else looked them up.
     *
     * @param microjoules the energy of a domain since metering began, which never falls
     */
    public EnergyMeters(
            EnergyMeter meter,
            CarbonSettings carbon,
            ToLongFunction<DomainMeter> microjoules,
            Iterable<Tag> extraTags) {
        this.meter = meter;
        this.carbon = carbon;
        this.microjoules = microjoules;
        this.extraTags = Tags.of(extraTags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        // A share is a sum over devices: one meter for all of them.
        Set<Tags> shares = ConcurrentHashMap.newKeySet();
        meter.whenJoined(domain -> domain.whenKnown(() -> {
            bindDevice(domain, registry);
            Optional<DeviceOwnership> ownership = meter.ownership(domain);
            ownership.ifPresent(known -> bindOwnership(known, shares, registry));
            if (ownership.isEmpty()) {
                bindDomain(domain, OURS, registry);
            }
        }));
        meter.processShare().ifPresent(share -> bindShare(share, registry));
        bindCarbon(registry);
    }

    /** What turns out to be another program's moves to meters of other names, so that sums over ours stay right. */
    private void bindOwnership(DeviceOwnership ownership, Set<Tags> shares, MeterRegistry registry) {
        List<Meter> bound = new ArrayList<>();
        Runnable bind = () -> {
            synchronized (bound) {
                bound.forEach(registry::remove);
                bound.clear();
                bound.addAll(bindDomain(ownership.domain(), ownership.isOurs() ? OURS : OTHERS, registry));
            }
            bindOwnershipShare(ownership, shares, registry);
        };
        ownership.whenChanged(bind);
        bind.run();
    }

    private List<Meter> bindDomain(DomainMeter domain, String prefix, MeterRegistry registry) {
        EnergyDomain described = domain.domain();
        Tags tags = extraTags.and(
                "component", described.component().tag(),
                "device", described.device(),
                "quality", described.quality().tag());
        return List.of(
                FunctionCounter.builder(prefix + "energy", domain, source -> microjoules.applyAsLong(source) * MICRO)
                        .description("Energy used since metering began")
                        .baseUnit(JOULES)
                        .tags(tags)
                        .register(registry),
                FunctionCounter.builder(
                                prefix + "energy.kwh",
                                domain,
                                source -> EnergyUnits.kwh(microjoules.applyAsLong(source)))
                        .description("Energy used since metering began, in the unit of electricity bills")
                        .baseUnit("kwh")
                        .tags(tags)
                        .register(registry),
                FunctionCounter.builder(
                                prefix + "co2e", domain, source -> carbon.gramsCo2e(microjoules.applyAsLong(source)))
                        .description("Greenhouse gas emitted for the energy used, PUE included")
                        .baseUnit("grams")
                        .tags(tags)
                        .register(registry),
                Gauge.builder(prefix + "power", domain, EnergyMeters::watts)
                        .description("Mean power over the last second; NaN where it is not known")
                        .baseUnit("watts")
                        .tags(tags)
                        .register(registry));
    }

    private void bindDevice(DomainMeter domain, MeterRegistry registry) {
        EnergyDomain described = domain.domain();
        FunctionCounter.builder(
                        "wattle.gap", domain, source -> source.coverage().gapNanos() * NANO)
                .description("Time in which the device was not seen")
                .baseUnit("seconds")
                .tags(extraTags.and(
                        "component", described.component().tag(),
                        "device", described.device(),
                        "quality", described.quality().tag()))
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
        domain.crossCheck()
                .ifPresent(check -> Gauge.builder("wattle.agent.crosscheck.ratio", check, CrossCheck::ratio)
                        .description(
                                "Energy by the device's counter over its integrated power; NaN before half a minute")
                        .tags(extraTags.and("device", described.device()))
                        .register(registry));
    }

    /** A part that comes from splitting a device is a model, whatever the device's own energy is. */
    private void bindOwnershipShare(DeviceOwnership ownership, Set<Tags> shares, MeterRegistry registry) {
        EnergyDomain described = ownership.domain().domain();
        if (ownership.use() == Use.SHARED || ownership.use() == Use.PARTITION) {
            bindOwnershipShare(described.component(), Quality.MODELLED, shares, registry);
        } else if (ownership.isOurs()) {
            bindOwnershipShare(described.component(), described.quality(), shares, registry);
        }
    }

    private void bindOwnershipShare(Component component, Quality quality, Set<Tags> shares, MeterRegistry registry) {
        Tags tags = extraTags.and("component", component.tag(), "quality", quality.tag());
        if (!shares.add(tags)) {
            return;
        }
        FunctionCounter.builder("wattle.process.energy", meter, source -> joules(source, component, quality))
                .description(SHARE)
                .baseUnit(JOULES)
                .tags(tags)
                .register(registry);
    }

    private void bindShare(ProcessShare share, MeterRegistry registry) {
        Set<Quality> bound = EnumSet.noneOf(Quality.class);
        meter.whenJoined(domain -> {
            Quality quality = domain.domain().quality();
            if (domain.domain().component() == Component.CPU && bound.add(quality)) {
                domain.whenKnown(() -> bindShare(share, quality, registry));
            }
        });
    }

    private void bindShare(ProcessShare share, Quality quality, MeterRegistry registry) {
        FunctionCounter.builder("wattle.process.energy", share, source -> joules(source, quality))
                .description(SHARE)
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
        if (domain.isRetired()) {
            // Another domain has its power; a sum over both is to go on.
            return 0;
        }
        long microwatts = domain.microwatts();
        return microwatts == DomainMeter.UNKNOWN ? Double.NaN : microwatts * MICRO;
    }

    private static double joules(EnergyMeter meter, Component component, Quality quality) {
        long sum = 0;
        for (DeviceOwnership ownership : meter.ownerships()) {
            EnergyDomain described = ownership.domain().domain();
            if (described.component() == component) {
                sum += quality == described.quality() ? ownership.wholeMicrojoules() : 0;
                sum += quality == Quality.MODELLED ? ownership.splitMicrojoules() : 0;
            }
        }
        return sum * MICRO;
    }

    private static double joules(ProcessShare share, Quality quality) {
        long sum = 0;
        List<DomainMeter> processors = share.processors();
        for (int i = 0; i < processors.size(); i++) {
            if (processors.get(i).domain().quality() == quality) {
                sum += share.microjoules(i);
            }
        }
        return sum * MICRO;
    }
}
