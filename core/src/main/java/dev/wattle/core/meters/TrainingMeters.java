/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.probe.Component;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.training.Framework;
import dev.wattle.core.training.IterationCounts;
import dev.wattle.core.training.Phase;
import dev.wattle.core.training.PhaseEnergy;
import dev.wattle.core.training.TrainingMeter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Publishes what trainings did and used, for each framework from when it is there.
 *
 * <p>Energy is told a little after it was used, once the reading after it is in; what is not yet dealt to a phase is in
 * none. Whoever binds this keeps it: the meters hold their sources weakly. Thread-safe.
 */
public final class TrainingMeters implements MeterBinder {

    private static final double MICRO = 1e-6;
    private static final List<Phase> PHASES = List.of(Phase.TRAIN, Phase.VALIDATION, Phase.INFERENCE);

    private final EnergyMeter meter;
    private final TrainingMeter training;
    private final IterationCounts counts;
    private boolean outsideBound;

    public TrainingMeters(EnergyMeter meter, TrainingMeter training, IterationCounts counts) {
        this.meter = meter;
        this.training = training;
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counts.whenFound(framework -> bind(framework, registry));
    }

    private synchronized void bind(Framework framework, MeterRegistry registry) {
        String tag = framework.tag();
        FunctionCounter.builder("wattle.training.iterations", counts, source -> source.iterations(framework))
                .description("Updates of a model's weights")
                .tags("framework", tag, "phase", Phase.TRAIN.tag())
                .register(registry);
        FunctionCounter.builder("wattle.training.epochs", training, source -> source.epochs(framework))
                .description("Passes over the training data that have ended")
                .tags("framework", tag, "phase", Phase.TRAIN.tag())
                .register(registry);
        FunctionCounter.builder("wattle.training.samples", training, source -> source.samples(framework))
                .description("Samples that the iterations learned from, as far as known")
                .tags("framework", tag, "phase", Phase.TRAIN.tag())
                .register(registry);
        whenKnown(component -> {
            for (Phase phase : PHASES) {
                bindEnergy(
                        registry,
                        tag,
                        phase,
                        component,
                        source -> source.microjoules(framework, phase, domain -> domain.component() == component));
            }
        });
        if (!outsideBound) {
            outsideBound = true;
            whenKnown(component -> bindEnergy(
                    registry,
                    PhaseEnergy.NO_FRAMEWORK,
                    Phase.OUTSIDE,
                    component,
                    source -> source.outsideMicrojoules(domain -> domain.component() == component)));
            FunctionCounter.builder("wattle.agent.events.dropped", training, TrainingMeter::dropped)
                    .description("Boundaries of trainings that were lost because too many came at once")
                    .register(registry);
        }
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

    private void bindEnergy(
            MeterRegistry registry,
            String framework,
            Phase phase,
            Component component,
            ToDoubleFunction<TrainingMeter> microjoules) {
        FunctionCounter.builder("wattle.training.energy", training, source -> microjoules.applyAsDouble(source) * MICRO)
                .description("Energy of this run by what it went into; all phases together are the run's")
                .baseUnit("joules")
                .tags("framework", framework, "phase", phase.tag(), "component", component.tag())
                .register(registry);
    }
}
