/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.domain.CrossCheck;
import dev.wattle.core.domain.DeviceOwnership;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.sampling.EnergyMeter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Publishes the energy, power, CO2e and gaps of each device from its first reading on. Thread-safe. */
final class DeviceMeters implements MeterBinder, AutoCloseable {

    private static final String OURS = "wattle.";
    private static final String OTHERS = "wattle.others.";

    private final EnergyMeter meter;
    private final Supplier<CarbonSettings> carbon;
    private final ToLongFunction<DomainMeter> microjoules;
    private final Tags extraTags;
    private final RegisteredMeters meters = new RegisteredMeters();

    DeviceMeters(
            EnergyMeter meter,
            Supplier<CarbonSettings> carbon,
            ToLongFunction<DomainMeter> microjoules,
            Tags extraTags) {
        this.meter = meter;
        this.carbon = carbon;
        this.microjoules = microjoules;
        this.extraTags = extraTags;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meter.whenJoined(domain -> domain.whenKnown(() -> {
            bindDescription(domain, registry);
            bindEnergy(domain, registry);
        }));
    }

    @Override
    public void close() {
        meters.close();
    }

    private void bindDescription(DomainMeter domain, MeterRegistry registry) {
        EnergyDomain described = domain.domain();
        meters.add(
                registry,
                FunctionCounter.builder("wattle.gap", domain, DeviceMeters::gapSeconds)
                        .description("Time in which the device was not seen")
                        .baseUnit("seconds")
                        .tags(labelsOf(described))::register);
        meters.add(
                registry,
                Gauge.builder("wattle.device.info", domain, source -> 1)
                        .description("Which hardware a device is; always 1")
                        .tags(extraTags.and(
                                "device", described.device(),
                                "name", described.name(),
                                "uuid", described.uuid(),
                                "scope", described.scope().tag(),
                                "source", meter.source(domain)))::register);
        domain.crossCheck()
                .ifPresent(check -> meters.add(
                        registry,
                        Gauge.builder("wattle.agent.crosscheck.ratio", check, CrossCheck::ratio)
                                .description(
                                        "Energy by the device's counter over its integrated power; NaN before half a minute")
                                .tags(extraTags.and("device", described.device()))::register));
    }

    /** The energy of a device that turns out to be another program's moves to other names, so that our sums stay right. */
    private void bindEnergy(DomainMeter domain, MeterRegistry registry) {
        RegisteredMeters energy = meters.group();
        DeviceOwnership ownership = meter.ownership(domain).orElse(null);
        if (ownership == null) {
            energy.replace(registry, energyMeters(domain, OURS));
            return;
        }
        Runnable bind = () -> energy.replace(registry, energyMeters(domain, ownership.isOurs() ? OURS : OTHERS));
        ownership.whenChanged(bind);
        bind.run();
    }

    private List<Function<MeterRegistry, Meter>> energyMeters(DomainMeter domain, String prefix) {
        Tags labels = labelsOf(domain.domain());
        return List.of(
                FunctionCounter.builder(prefix + "energy", domain, source -> EnergyUnits.joules(microjoulesOf(source)))
                        .description("Energy used since metering started")
                        .baseUnit("joules")
                        .tags(labels)::register,
                FunctionCounter.builder(prefix + "energy.kwh", domain, source -> EnergyUnits.kwh(microjoulesOf(source)))
                        .description("Energy used since metering started, in the unit of electricity bills")
                        .baseUnit("kwh")
                        .tags(labels)::register,
                FunctionCounter.builder(prefix + "co2e", domain, source -> grams(source))
                        .description("Greenhouse gas emitted for the energy used, PUE included")
                        .baseUnit("grams")
                        .tags(labels)::register,
                Gauge.builder(prefix + "power", domain, DeviceMeters::watts)
                        .description("Mean power over the last second; NaN where it is not known")
                        .baseUnit("watts")
                        .tags(labels)::register);
    }

    private Tags labelsOf(EnergyDomain domain) {
        return extraTags.and(
                "component", domain.component().tag(),
                "device", domain.device(),
                "quality", domain.quality().tag());
    }

    private long microjoulesOf(DomainMeter domain) {
        return microjoules.applyAsLong(domain);
    }

    private double grams(DomainMeter domain) {
        return carbon.get().gramsCo2e(domain.domain(), microjoulesOf(domain));
    }

    private static double gapSeconds(DomainMeter domain) {
        return EnergyUnits.seconds(domain.coverage().gapNanos());
    }

    private static double watts(DomainMeter domain) {
        if (domain.isRetired()) {
            // Its successor has the power; a sum over both must not become NaN.
            return 0;
        }
        long microwatts = domain.microwatts();
        return microwatts == DomainMeter.UNKNOWN ? Double.NaN : EnergyUnits.watts(microwatts);
    }
}
