/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTotals;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** Makes snapshots of all trainings and of where the run's energy went. For the thread that follows. */
final class TrainingSnapshots {

    private final DomainEnergies energies;
    private final SamplingClock clock;
    private final EnergyAllocator allocator;
    private final TrainingRegistry trainings;
    private final int configuredEpochs;

    /** @param configuredEpochs how many epochs a training is to have, whatever its framework says; 0 for what that says */
    TrainingSnapshots(
            DomainEnergies energies,
            SamplingClock clock,
            EnergyAllocator allocator,
            TrainingRegistry trainings,
            int configuredEpochs) {
        this.energies = energies;
        this.clock = clock;
        this.allocator = allocator;
        this.trainings = trainings;
        this.configuredEpochs = configuredEpochs;
    }

    /**
     * What is known now.
     *
     * @param dropped how many boundaries were lost
     */
    TrainingSnapshot take(Map<Framework, FrameworkTotals> frameworks, long dropped) {
        allocator.collectAll();
        boolean[] ours = energies.ours();
        EpochContext context = EpochContext.now(energies, clock);
        List<TrainingRecord> records = new ArrayList<>();
        for (Training training : trainings.followed()) {
            if (training.hasTrained()) {
                records.add(training.record(context, ours, configuredEpochs));
            }
        }
        Map<EnergyDomain, Long> run = latest(ours);
        return new TrainingSnapshot(records, trainings.forgotten(), run, phases(run), frameworks, dropped);
    }

    private Map<EnergyDomain, Long> latest(boolean[] ours) {
        Map<EnergyDomain, Long> latest = new LinkedHashMap<>();
        for (int domain = 0; domain < ours.length; domain++) {
            if (ours[domain] && energies.isKnown(domain)) {
                latest.put(energies.domain(domain), energies.latest(domain));
            }
        }
        return Collections.unmodifiableMap(latest);
    }

    private List<PhaseEnergy> phases(Map<EnergyDomain, Long> run) {
        List<PhaseEnergy> phases = new ArrayList<>();
        for (Framework framework : Framework.values()) {
            for (Phase phase : Phase.OF_TRAININGS) {
                add(phases, framework.tag(), phase, run, domain -> allocator.allocated(framework, phase, domain));
            }
        }
        add(phases, PhaseEnergy.NO_FRAMEWORK, Phase.OUTSIDE, run, allocator::outside);
        add(
                phases,
                PhaseEnergy.NO_FRAMEWORK,
                Phase.PENDING,
                run,
                domain -> run.getOrDefault(energies.domain(domain), 0L) - allocator.cumulative(domain));
        return List.copyOf(phases);
    }

    /** A phase without energy has no entry, except {@link Phase#OUTSIDE}. */
    private void add(
            List<PhaseEnergy> phases,
            String framework,
            Phase phase,
            Map<EnergyDomain, Long> run,
            IntToLongFunction microjoules) {
        Map<EnergyDomain, Long> parts = new LinkedHashMap<>();
        for (int domain = 0; domain < energies.size(); domain++) {
            if (run.containsKey(energies.domain(domain))) {
                parts.put(energies.domain(domain), microjoules.applyAsLong(domain));
            }
        }
        PhaseEnergy energy = new PhaseEnergy(framework, phase, Collections.unmodifiableMap(parts));
        if (phase == Phase.OUTSIDE || energy.totalMicrojoules() > 0) {
            phases.add(energy);
        }
    }
}
