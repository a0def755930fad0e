/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.boundary.FrameworkTotals;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.energy.EnergyUnits;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.probe.Component;
import dev.wattle.core.sampling.EnergyMeter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Publishes what trainings did and used, for each framework from the time it is found.
 *
 * <p>Energy is published a little after it was used, when the reading after it is in. Energy that is not allocated to a
 * phase yet has a meter of its own.
 *
 * <p>Thread-safe. The meters hold their sources weakly; {@link #close()} removes them from their registry.
 */
public final class TrainingMeters implements MeterBinder, AutoCloseable {

    private static final List<Phase> PHASES = List.of(Phase.TRAIN, Phase.VALIDATION, Phase.INFERENCE);

    private final EnergyMeter meter;
    private final Supplier<TrainingSnapshot> snapshots;
    private final FrameworkTable frameworks;
    private final RegisteredMeters meters = new RegisteredMeters();
    private boolean commonBound;

    /** @param snapshots the same snapshot for all meters of one scrape, so that their sums fit */
    public TrainingMeters(EnergyMeter meter, Supplier<TrainingSnapshot> snapshots, FrameworkTable frameworks) {
        this.meter = meter;
        this.snapshots = snapshots;
        this.frameworks = frameworks;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        frameworks.whenFound(framework -> bind(framework, registry));
    }

    @Override
    public void close() {
        meters.close();
    }

    private synchronized void bind(Framework framework, MeterRegistry registry) {
        bindCount(
                registry,
                framework,
                "wattle.training.iterations",
                "Updates of a model's weights",
                FrameworkTotals::iterations);
        bindCount(
                registry,
                framework,
                "wattle.training.epochs",
                "Passes over the training data that have ended",
                FrameworkTotals::epochs);
        bindCount(
                registry,
                framework,
                "wattle.training.samples",
                "Samples that the iterations learned from, as far as known",
                FrameworkTotals::samples);
        whenKnown(component -> PHASES.forEach(phase -> bindEnergy(registry, framework.tag(), phase, component)));
        if (!commonBound) {
            commonBound = true;
            bindCommon(registry);
        }
    }

    private void bindCount(
            MeterRegistry registry,
            Framework framework,
            String name,
            String description,
            ToDoubleFunction<FrameworkTotals> count) {
        meters.add(
                registry,
                FunctionCounter.builder(
                                name,
                                snapshots,
                                source -> count.applyAsDouble(source.get().totals(framework)))
                        .description(description)
                        .tags("framework", framework.tag(), "phase", Phase.TRAIN.tag())::register);
    }

    /** What belongs to no framework, once for all of them. */
    private void bindCommon(MeterRegistry registry) {
        whenKnown(component -> {
            bindEnergy(registry, PhaseEnergy.NO_FRAMEWORK, Phase.OUTSIDE, component);
            bindPending(registry, component);
        });
        meters.add(
                registry,
                FunctionCounter.builder(
                                "wattle.agent.events.dropped",
                                snapshots,
                                source -> source.get().dropped())
                        .description("Boundaries of trainings that were lost because too many came at once")::register);
    }

    private void bindEnergy(MeterRegistry registry, String framework, Phase phase, Component component) {
        meters.add(
                registry,
                FunctionCounter.builder(
                                "wattle.training.energy",
                                snapshots,
                                source -> joules(source, framework, phase, component))
                        .description(
                                "Energy of this run by what it went into; all phases together, and what is not attributed yet,"
                                        + " are the run's")
                        .baseUnit("joules")
                        .tags("framework", framework, "phase", phase.tag(), "component", component.tag())::register);
    }

    private void bindPending(MeterRegistry registry, Component component) {
        meters.add(
                registry,
                Gauge.builder(
                                "wattle.training.pending",
                                snapshots,
                                source -> joules(source, PhaseEnergy.NO_FRAMEWORK, Phase.PENDING, component))
                        .description("Energy of this run that is not known yet to belong to a phase")
                        .baseUnit("joules")
                        .tags("component", component.tag())::register);
    }

    /** Runs the action once for each component of this run, from its first reading on. */
    private void whenKnown(Consumer<Component> action) {
        Set<Component> known = EnumSet.noneOf(Component.class);
        meter.whenJoined(domain -> domain.whenKnown(() -> {
            synchronized (known) {
                Component component = domain.domain().component();
                if (meter.isOurs(domain) && known.add(component)) {
                    action.accept(component);
                }
            }
        }));
    }

    private static double joules(
            Supplier<TrainingSnapshot> snapshots, String framework, Phase phase, Component component) {
        return EnergyUnits.joules(snapshots.get().microjoules(framework, phase, component));
    }
}
