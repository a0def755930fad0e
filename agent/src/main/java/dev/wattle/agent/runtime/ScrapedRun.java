/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.snapshot.DeviceSnapshot;
import dev.wattle.core.snapshot.RunSnapshot;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The run as one scrape shows it: all its meters read the same snapshot, so that sums over them fit. Renewed by the one thread
 * that scrapes, before it does; read by any.
 */
final class ScrapedRun {
    private final Supplier<RunWriter.Published> snapshots;
    private volatile RunSnapshot run;

    ScrapedRun(Supplier<RunWriter.Published> snapshots) {
        this.snapshots = snapshots;
        this.run = snapshots.get().run();
    }

    void renew() {
        run = snapshots.get().run();
    }

    TrainingSnapshot trainings() {
        return run.trainings().snapshot();
    }

    /** The energy of a domain; 0 of one that joined after the snapshot was taken. */
    long microjoules(DomainMeter domain) {
        return Stream.concat(run.devices().stream(), run.others().stream())
                .filter(device -> device.domain() == domain.domain())
                .mapToLong(DeviceSnapshot::microjoules)
                .sum();
    }
}
