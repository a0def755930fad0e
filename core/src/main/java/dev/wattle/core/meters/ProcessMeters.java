/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

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
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Publishes this JVM's share of the energy: one meter for all devices of a component and quality. Thread-safe.
 */
final class ProcessMeters implements MeterBinder, AutoCloseable {

    private final EnergyMeter meter;
    private final Tags extraTags;
    private final RegisteredMeters meters = new RegisteredMeters();

    ProcessMeters(EnergyMeter meter, Tags extraTags) {
        this.meter = meter;
        this.extraTags = extraTags;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Set<Tags> bound = ConcurrentHashMap.newKeySet();
        meter.whenJoined(domain -> domain.whenKnown(() -> {
            meter.ownership(domain).ifPresent(ownership -> {
                Runnable bind = () -> bindAccelerators(ownership, bound, registry);
                ownership.whenChanged(bind);
                bind.run();
            });
            meter.processShare().ifPresent(share -> bindProcessors(share, domain.domain(), bound, registry));
        }));
    }

    @Override
    public void close() {
        meters.close();
    }

    /** A split device's part is a model, whatever the quality of the device's energy. */
    private void bindAccelerators(DeviceOwnership ownership, Set<Tags> bound, MeterRegistry registry) {
        EnergyDomain domain = ownership.domain().domain();
        Component component = domain.component();
        boolean split = ownership.use() == Use.SHARED || ownership.use() == Use.PARTITION;
        Quality quality = split ? Quality.MODELLED : domain.quality();
        if (ownership.isOurs()) {
            bind(component, quality, bound, registry, meter, source -> joules(source, component, quality));
        }
    }

    private void bindProcessors(ProcessShare share, EnergyDomain domain, Set<Tags> bound, MeterRegistry registry) {
        if (domain.component() == Component.CPU) {
            Quality quality = domain.quality();
            bind(Component.CPU, quality, bound, registry, share, source -> joules(source, quality));
        }
    }

    private <T> void bind(
            Component component,
            Quality quality,
            Set<Tags> bound,
            MeterRegistry registry,
            T source,
            ToDoubleFunction<T> joules) {
        Tags tags = extraTags.and("component", component.tag(), "quality", quality.tag());
        if (bound.add(tags)) {
            meters.add(
                    registry,
                    FunctionCounter.builder("wattle.process.energy", source, joules)
                            .description("This JVM's share of the processors' and the accelerators' energy")
                            .baseUnit("joules")
                            .tags(tags)::register);
        }
    }

    private static double joules(EnergyMeter meter, Component component, Quality quality) {
        long sum = 0;
        for (DeviceOwnership ownership : meter.ownerships()) {
            EnergyDomain domain = ownership.domain().domain();
            if (domain.component() == component) {
                sum += quality == domain.quality() ? ownership.wholeMicrojoules() : 0;
                sum += quality == Quality.MODELLED ? ownership.splitMicrojoules() : 0;
            }
        }
        return EnergyUnits.joules(sum);
    }

    private static double joules(ProcessShare share, Quality quality) {
        long sum = 0;
        List<DomainMeter> processors = share.processors();
        for (int i = 0; i < processors.size(); i++) {
            if (processors.get(i).domain().quality() == quality) {
                sum += share.microjoules(i);
            }
        }
        return EnergyUnits.joules(sum);
    }
}
