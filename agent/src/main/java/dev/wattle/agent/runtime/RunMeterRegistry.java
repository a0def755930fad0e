/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.forecast.BudgetState;
import dev.wattle.core.meters.BudgetMeters;
import dev.wattle.core.meters.EnergyMeters;
import dev.wattle.core.meters.RunMeters;
import dev.wattle.core.meters.TrainingMeters;
import dev.wattle.core.meters.TrainingProgressMeters;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The Micrometer registry of a run. The energies of devices and trainings in one scrape are of the same snapshot, so that
 * their sums fit. For one thread, except the meters, which any thread may read.
 */
final class RunMeterRegistry {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Supplier<RunWriter.Published> snapshots;

    /** Held here, since meters refer to their subjects weakly. */
    private final List<MeterBinder> binders = new ArrayList<>();

    private final TrainingProgressMeters progress = new TrainingProgressMeters();
    private final EnergyMeters energies;

    private volatile RunSnapshot snapshot;

    RunMeterRegistry(LiveEndpoint.Run run) {
        snapshots = run.snapshots();
        snapshot = snapshots.get().run();
        energies = new EnergyMeters(run.meter(), () -> snapshot.carbon(), this::microjoules, Tags.empty());
        binders.add(energies);
        binders.add(new RunMeters(run.identity(), run.meter(), run.threads()));
        binders.add(new TrainingMeters(run.meter(), this::trainings, run.frameworks()));
        binders.add(progress);
        if (snapshot.trainings().budget().isPresent()) {
            binders.add(new BudgetMeters(this::budget));
        }
        binders.forEach(meters -> meters.bindTo(registry));
    }

    /** Writes all meters, as of a new snapshot. */
    void write(OutputStream out, String contentType) throws IOException {
        RunSnapshot now = snapshots.get().run();
        snapshot = now;
        progress.update(now.trainings());
        energies.refresh();
        registry.scrape(out, contentType);
    }

    private BudgetState budget() {
        return snapshot.trainings().budget().orElseThrow();
    }

    private TrainingSnapshot trainings() {
        return snapshot.trainings().snapshot();
    }

    /** The energy of a domain; 0 for one that joined after the snapshot. */
    private long microjoules(DomainMeter domain) {
        RunSnapshot run = snapshot;
        return Stream.concat(run.devices().stream(), run.others().stream())
                .filter(device -> device.domain() == domain.domain())
                .mapToLong(DeviceSnapshot::microjoules)
                .sum();
    }
}
