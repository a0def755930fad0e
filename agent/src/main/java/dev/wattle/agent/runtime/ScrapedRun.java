/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.report.DeviceReport;
import dev.wattle.core.report.RunReport;
import dev.wattle.core.sampling.DomainMeter;
import dev.wattle.core.training.TrainingSnapshot;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The run as one scrape shows it: all its meters read the same snapshot, so that sums over them fit. Renewed by the one thread
 * that scrapes, before it does; read by any.
 */
final class ScrapedRun {
    private final Supplier<RunWriter.Published> snapshots;
    private volatile RunReport run;

    ScrapedRun(Supplier<RunWriter.Published> snapshots) {
        this.snapshots = snapshots;
        this.run = snapshots.get().run();
    }

    void renew() {
        run = snapshots.get().run();
    }

    TrainingSnapshot trainings() {
        return run.training().snapshot();
    }

    /** The energy of a domain; 0 of one that joined after the snapshot was taken. */
    long microjoules(DomainMeter domain) {
        return Stream.concat(run.devices().stream(), run.others().stream())
                .filter(device -> device.domain() == domain.domain())
                .mapToLong(DeviceReport::microjoules)
                .sum();
    }
}
