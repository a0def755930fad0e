/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Publishes the carbon intensity and the PUE that CO2e figures use. The meters hold their source. Thread-safe. */
final class CarbonMeters implements MeterBinder, AutoCloseable {

    private final CarbonSettings carbon;
    private final Tags extraTags;
    private final RegisteredMeters meters = new RegisteredMeters();

    CarbonMeters(CarbonSettings carbon, Tags extraTags) {
        this.carbon = carbon;
        this.extraTags = extraTags;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        CarbonIntensity intensity = carbon.intensity();
        meters.add(
                registry,
                Gauge.builder("wattle.carbon.intensity", intensity, CarbonIntensity::gramsPerKwh)
                        .description("Greenhouse gas per kilowatt-hour that CO2e figures rest on")
                        .baseUnit("grams_per_kwh")
                        .tags(extraTags.and(
                                "zone", intensity.zone(),
                                "source", intensity.source(),
                                "year", intensity.year() == 0 ? "" : Integer.toString(intensity.year())))
                        .strongReference(true)::register);
        meters.add(
                registry,
                Gauge.builder("wattle.pue", carbon, CarbonSettings::pue)
                        .description("Power usage effectiveness that CO2e figures include")
                        .tags(extraTags)
                        .strongReference(true)::register);
    }

    @Override
    public void close() {
        meters.close();
    }
}
