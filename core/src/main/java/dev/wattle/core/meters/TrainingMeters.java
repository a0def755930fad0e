/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.boundary.FrameworkTotals;
import dev.wattle.core.boundary.Phase;
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
 * Publishes what trainings did and used, for each framework from when it is there.
 *
 * <p>Energy is told a little after it was used, once the reading after it is in; what is not yet dealt to a phase is told
 * apart. Whoever binds this keeps it: the meters hold their sources weakly. Thread-safe.
 */
public final class TrainingMeters implements MeterBinder {

    private static final double MICRO = 1e-6;
    private static final List<Phase> PHASES = List.of(Phase.TRAIN, Phase.VALIDATION, Phase.INFERENCE);

    private final EnergyMeter meter;
    private final Supplier<TrainingSnapshot> snapshots;
    private final FrameworkTable frameworks;
    private boolean outsideBound;

    /** @param snapshots gives what is known now; the same of all meters of one scrape, for their sums to fit */
    public TrainingMeters(EnergyMeter meter, Supplier<TrainingSnapshot> snapshots, FrameworkTable frameworks) {
        this.meter = meter;
        this.snapshots = snapshots;
        this.frameworks = frameworks;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        frameworks.whenFound(framework -> bind(framework, registry));
    }

    private synchronized void bind(Framework framework, MeterRegistry registry) {
        String tag = framework.tag();
        FunctionCounter.builder("wattle.training.iterations", snapshots, of(framework, FrameworkTotals::iterations))
                .description("Updates of a model's weights")
                .tags("framework", tag, "phase", Phase.TRAIN.tag())
                .register(registry);
        FunctionCounter.builder("wattle.training.epochs", snapshots, of(framework, FrameworkTotals::epochs))
                .description("Passes over the training data that have ended")
                .tags("framework", tag, "phase", Phase.TRAIN.tag())
                .register(registry);
        FunctionCounter.builder("wattle.training.samples", snapshots, of(framework, FrameworkTotals::samples))
                .description("Samples that the iterations learned from, as far as known")
                .tags("framework", tag, "phase", Phase.TRAIN.tag())
                .register(registry);
        whenKnown(component -> PHASES.forEach(phase -> bindEnergy(registry, tag, phase, component)));
        if (!outsideBound) {
            outsideBound = true;
            whenKnown(component -> {
                bindEnergy(registry, PhaseEnergy.NO_FRAMEWORK, Phase.OUTSIDE, component);
                bindPending(registry, component);
            });
            FunctionCounter.builder(
                            "wattle.agent.events.dropped",
                            snapshots,
                            source -> source.get().dropped())
                    .description("Boundaries of trainings that were lost because too many came at once")
                    .register(registry);
        }
    }

    private static ToDoubleFunction<Supplier<TrainingSnapshot>> of(
            Framework framework, ToDoubleFunction<FrameworkTotals> total) {
        return snapshots -> total.applyAsDouble(snapshots.get().totals(framework));
    }

    private void whenKnown(Consumer<Component> bind) {
        Set<Component> bound = EnumSet.noneOf(Component.class);
        meter.whenJoined(domain -> domain.whenKnown(() -> {
            synchronized (bound) {
                if (meter.isOurs(domain) && bound.add(domain.domain().component())) {
                    bind.accept(domain.domain().component());
                }
            }
        }));
    }

    private void bindEnergy(MeterRegistry registry, String framework, Phase phase, Component component) {
        FunctionCounter.builder(
                        "wattle.training.energy", snapshots, source -> joules(source, framework, phase, component))
                .description(
                        "Energy of this run by what it went into; all phases together, and what is not attributed yet,"
                                + " are the run's")
                .baseUnit("joules")
                .tags("framework", framework, "phase", phase.tag(), "component", component.tag())
                .register(registry);
    }

    private void bindPending(MeterRegistry registry, Component component) {
        Gauge.builder(
                        "wattle.training.pending",
                        snapshots,
                        source -> joules(source, PhaseEnergy.NO_FRAMEWORK, Phase.PENDING, component))
                .description("Energy of this run that is not known yet to belong to a phase")
                .baseUnit("joules")
                .tags("component", component.tag())
                .register(registry);
    }

    private static double joules(
            Supplier<TrainingSnapshot> snapshots, String framework, Phase phase, Component component) {
        return snapshots.get().microjoules(framework, phase, component) * MICRO;
    }
}
