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
 * What a domain said when it was read for a while.
 *
 * @param probe the name of the probe that reads it
 * @param answered whether it was read at least once
 * @param microwatts its mean power over the last second, of a counter between two of its steps, or {@link DomainMeter#UNKNOWN}
 */
record LiveReading(String probe, EnergyDomain domain, boolean answered, long microwatts) {
    /** Short, since when a counter stepped is known only to the time between two readings. */
    private static final long PERIOD_NANOS = 10_000_000L;

    /** A second for the mean, half of one that a sensor may lag or a model may wait, and some to begin. */
    private static final long WATCH_MILLIS = 1_700;

    /** A loaded machine reads late, and a longer watch makes up for it. */
    private static final double CLEAR = 0.02;

    private static final int MOST_EXTENSIONS = 35;
    private static final long EXTENSION_MILLIS = 100;

    /**
     * Watches all domains of the probes, which are closed afterwards. Takes under two seconds where there are any, and up to
     * {@value #MOST_EXTENSIONS} tenths of a second more where readings come too late to tell the power of a stepping counter.
     */
    static List<LiveReading> take(List<EnergyProbe> probes, Consumer<String> log) throws InterruptedException {
        List<LiveReading> readings = new ArrayList<>();
        if (probes.isEmpty()) {
            return readings;
        }
        // Each apart from the others: one that does not answer is not to spoil their figures.
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
        for (int i = 0; i < MOST_EXTENSIONS && !isClear(meter); i++) {
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

    private static boolean isClear(EnergyMeter meter) {
        return meter.domains().stream().allMatch(domain -> domain.powerError() <= CLEAR);
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

    /** A counter that does not count may be one that a virtual machine only shows. */
    boolean stoodStill() {
        return domain.quality() == Quality.COUNTER && microwatts == 0;
    }
}
