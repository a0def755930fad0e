/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.EnergySource;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The reading of a domain over a short time.
 *
 * @param probe the name of the probe that reads it
 * @param answered whether it was read at least once
 * @param microwatts its mean power over the last second, for a counter between two of its steps; or {@link
 *     DomainMeter#UNKNOWN}
 */
record LiveReading(String probe, EnergyDomain domain, boolean answered, long microwatts) {
    /** Short, because the time of a counter's step is known only to within this period. */
    private static final long PERIOD_NANOS = 10_000_000L;

    /** A second for the mean, half a second for the lag of a sensor or a model, and time to start. */
    private static final long WATCH_MILLIS = 1_700;

    /** The error of a power that is good enough. A loaded machine reads late, so that this takes longer. */
    private static final double MAX_ERROR = 0.02;

    private static final int MAX_EXTENSIONS = 35;
    private static final long EXTENSION_MILLIS = 100;

    /**
     * Reads all domains of the probes, then closes the probes. Takes less than two seconds, and up to {@value
     * #MAX_EXTENSIONS} tenths of a second more if late readings leave the power of a counter uncertain.
     */
    static List<LiveReading> take(List<EnergyProbe> probes, Consumer<String> log) throws InterruptedException {
        List<LiveReading> readings = new ArrayList<>();
        if (probes.isEmpty()) {
            return readings;
        }
        // Each on its own thread, so that one that does not answer does not affect the others.
        EnergyMeter meter = EnergyMeter.start(
                List.of(),
                probes.stream()
                        .map(probe -> EnergySource.of(new FrequentSource(probe, PERIOD_NANOS)))
                        .toList(),
                PERIOD_NANOS,
                Optional.empty(),
                new MeterThreads(),
                SamplingClock.system(),
                log);
        Thread.sleep(WATCH_MILLIS);
        for (int i = 0; i < MAX_EXTENSIONS && !isCertain(meter); i++) {
            Thread.sleep(EXTENSION_MILLIS);
        }
        meter.close();
        for (EnergyProbe probe : probes) {
            for (EnergyDomain domain : probe.domains()) {
                readings.add(of(probe, domain, meter));
            }
        }
        return readings;
    }

    private static boolean isCertain(EnergyMeter meter) {
        return meter.domains().stream().allMatch(domain -> domain.powerError() <= MAX_ERROR);
    }

    private static LiveReading of(EnergyProbe probe, EnergyDomain domain, EnergyMeter meter) {
        return meter.domains().stream()
                .filter(known -> known.domain() == domain)
                .findFirst()
                .map(known -> new LiveReading(probe.name(), domain, known.isKnown(), known.microwatts()))
                .orElseGet(() -> new LiveReading(probe.name(), domain, false, DomainMeter.UNKNOWN));
    }

    boolean isMeasured() {
        return answered && domain.quality() != Quality.MODELLED;
    }

    boolean isModelled() {
        return answered && domain.quality() == Quality.MODELLED;
    }

    /** Whether the counter did not count; a virtual machine may show such a counter. */
    boolean stoodStill() {
        return domain.quality() == Quality.COUNTER && microwatts == 0;
    }
}
