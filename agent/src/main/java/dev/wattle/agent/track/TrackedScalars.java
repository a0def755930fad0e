/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The curves and notes of a run. All names start with {@code wattle}, apart from the program's own.
 *
 * <p>The first training's curves are {@code wattle/epoch_energy_joules}, {@code wattle/epoch_co2e_grams} and {@code
 * wattle/loss}; those of later ones have {@code training_2} in between. They are the figures of the journal.
 */
final class TrackedScalars {

    /** A search over parameters has thousands of trainings, and trackers keep each curve. */
    static final int MAX_TRAININGS = 100;

    private static final String PREFIX = "wattle/";

    private TrackedScalars() {}

    /** The values of an epoch; none for a training after the first {@value #MAX_TRAININGS}. */
    static List<Scalar> of(EpochRecord epoch, CarbonSettings carbon) {
        List<Scalar> scalars = new ArrayList<>();
        if (epoch.training() > MAX_TRAININGS) {
            return scalars;
        }
        String prefix = epoch.training() == 1 ? PREFIX : PREFIX + "training_" + epoch.training() + "/";
        long end = epoch.started().plusNanos(epoch.nanos()).toEpochMilli();
        double joules = EnergyUnits.joules(epoch.totalMicrojoules());
        scalars.add(new Scalar(prefix + "epoch_energy_joules", joules, end, epoch.last()));
        scalars.add(new Scalar(prefix + "epoch_co2e_grams", carbon.gramsCo2e(epoch), end, epoch.last()));
        if (Double.isFinite(epoch.loss())) {
            scalars.add(new Scalar(prefix + "loss", epoch.loss(), end, epoch.last()));
        }
        return scalars;
    }

    /** The totals of a run that has ended. */
    static List<Scalar> of(RunSnapshot run, Instant at) {
        long energy = run.microjoules();
        long now = at.toEpochMilli();
        return List.of(
                new Scalar(PREFIX + "run_energy_joules", EnergyUnits.joules(energy), now, 0),
                new Scalar(PREFIX + "run_energy_kwh", EnergyUnits.kwh(energy), now, 0),
                new Scalar(PREFIX + "run_co2e_grams", run.gramsCo2e(), now, 0));
    }

    /** What the figures of a run rest on. */
    static Map<String, String> notes(RunSnapshot run) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("wattle.run", run.run().run());
        notes.put("wattle.host", run.run().host());
        notes.put("wattle.version", run.run().wattle());
        notes.put("wattle.zone", run.carbon().intensity().zone());
        notes.put(
                "wattle.quality",
                TrainingsSnapshot.quality(
                        run.devices().stream().map(device -> device.domain()).toList()));
        return notes;
    }
}
