/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.intensity;

import dev.wattle.agent.config.LiveIntensityConfig;
import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.IntensityHistory;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the run turns energy into CO2e now: by the table, or by a live figure. {@link #update} is for the thread {@code
 * wattle-run}; all else is thread-safe.
 */
public final class RunCarbon {
    private final CarbonSettings table;
    private final Optional<IntensityThread> live;
    private volatile CarbonSettings now;

    private RunCarbon(CarbonSettings table, Optional<IntensityThread> live) {
        this.table = table;
        this.live = live;
        this.now = table;
    }

    /**
     * Starts to ask the service where one is configured; loads nothing otherwise.
     *
     * @param table the settings by the table, or by the user's own figure
     * @param log takes lines for the user
     */
    public static RunCarbon start(
            CarbonSettings table, Optional<LiveIntensityConfig> config, MeterThreads threads, Consumer<String> log) {
        return new RunCarbon(
                table, config.flatMap(asked -> IntensityThread.start(asked, table.intensity(), threads, log)));
    }

    /** The settings now. */
    public CarbonSettings now() {
        return now;
    }

    /** The CO2e of the run so far, in grams. */
    public double gramsCo2e(EnergyMeter meter) {
        CarbonSettings settings = now;
        if (settings.history().isConstant()) {
            return settings.gramsCo2e(meter.microjoules());
        }
        double sum = 0;
        for (DomainMeter domain : meter.domains()) {
            if (meter.isOurs(domain)) {
                sum += settings.gramsCo2e(domain.domain(), domain.microjoules());
            }
        }
        return sum;
    }

    /** Receives changes. */
    public interface Listener {
        /**
         * Another intensity applies from now on.
         *
         * @param nanos the present, on {@link System#nanoTime()}
         * @param step the number of the intensity among those of the run
         */
        void changed(long nanos, int step);
    }

    /** Takes over a figure that has changed. */
    public void update(EnergyMeter meter, Listener listener) {
        if (live.isEmpty()) {
            return;
        }
        Optional<LiveFigure> figure = live.get().figure();
        List<IntensityHistory.Hour> day = live.get().day();
        if (!day.equals(now.history().day())) {
            now = now.withDay(day);
        }
        CarbonSettings before = now;
        CarbonIntensity next = figure.map(LiveFigure::intensity).orElse(table.intensity());
        if (next.equals(before.intensity())) {
            return;
        }
        Map<EnergyDomain, Long> microjoules = new HashMap<>();
        for (DomainMeter domain : meter.domains()) {
            if (domain.isKnown()) {
                microjoules.put(domain.domain(), domain.microjoules());
            }
        }
        IntensityHistory.Step step = new IntensityHistory.Step(
                Instant.now(),
                next,
                figure.isPresent(),
                figure.map(LiveFigure::estimated).orElse(false),
                meter.microjoules());
        CarbonSettings after = before.with(step, figure.isEmpty() && table.worldAverage(), microjoules);
        if (after != before) {
            now = after;
            listener.changed(System.nanoTime(), after.history().steps().size() - 1);
        }
    }

    /** Ends the requests; a request in progress ends at once. */
    public void close() {
        live.ifPresent(IntensityThread::close);
    }
}
