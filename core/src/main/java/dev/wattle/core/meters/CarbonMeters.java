/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Publishes the carbon intensity of now and the PUE that CO2e figures use. The meters hold their source. Thread-safe. */
final class CarbonMeters implements MeterBinder, AutoCloseable {

    private final Supplier<CarbonSettings> carbon;
    private final Tags extraTags;
    private final RegisteredMeters meters = new RegisteredMeters();
    private final RegisteredMeters intensity = meters.group();
    private final List<MeterRegistry> registries = new ArrayList<>();
    private Tags shown = Tags.empty();

    CarbonMeters(Supplier<CarbonSettings> carbon, Tags extraTags) {
        this.carbon = carbon;
        this.extraTags = extraTags;
    }

    @Override
    public synchronized void bindTo(MeterRegistry to) {
        registries.add(to);
        bindIntensity();
        meters.add(
                to,
                Gauge.builder("wattle.pue", carbon, settings -> settings.get().pue())
                        .description("Power usage effectiveness that CO2e figures include")
                        .tags(extraTags)
                        .strongReference(true)::register);
    }

    /** Another source has other labels. */
    synchronized void refresh() {
        if (!labels().equals(shown)) {
            bindIntensity();
        }
    }

    @Override
    public void close() {
        meters.close();
    }

    private void bindIntensity() {
        shown = labels();
        intensity.clear();
        for (MeterRegistry registry : registries) {
            intensity.add(
                    registry,
                    Gauge.builder("wattle.carbon.intensity", carbon, CarbonMeters::gramsPerKwh)
                            .description("Greenhouse gas per kilowatt-hour that CO2e figures rest on")
                            .baseUnit("grams_per_kwh")
                            .tags(shown)
                            .strongReference(true)::register);
        }
    }

    private Tags labels() {
        CarbonIntensity now = carbon.get().intensity();
        return extraTags.and(
                "zone", now.zone(),
                "source", now.source(),
                "year", now.year() == 0 ? "" : Integer.toString(now.year()));
    }

    private static double gramsPerKwh(Supplier<CarbonSettings> settings) {
        return settings.get().intensity().gramsPerKwh();
    }
}
