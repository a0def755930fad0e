/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.agent.intensity.RunCarbon;
import dev.wattle.core.attribution.TrainingMeter;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.domain.PowerHistory;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.forecast.BudgetMonitor;
import dev.wattle.core.forecast.Forecast;
import dev.wattle.core.forecast.Forecasts;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.snapshot.RunSnapshot;
import dev.wattle.core.snapshot.TrainingsSnapshot;
import dev.wattle.core.window.ProgramMeter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The figures that follow from readings and boundaries: the energies of epochs and phases, the program's windows, forecasts
 * and the budget. {@link RunWriter} calls one method at a time; {@link #forecasts} and {@link #snapshotOf} are thread-safe.
 */
final class RunFigures {
    private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long POWER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BoundaryCollector boundaries;
    private final Inputs inputs;
    private final Function<TrainingsSnapshot, RunSnapshot> snapshots;
    private final Consumer<String> log;
    private final Forecasts forecasts = new Forecasts();

    // A training job may use up the heap and recover; a failure loses one boundary.
    private final CircuitBreaker attribution;
    private final CircuitBreaker budgetChecks;
    private boolean attributing = true;
    private long budgetNanos = System.nanoTime();
    private final PowerHistory power = new PowerHistory();
    private long powerNanos = System.nanoTime();

    /** @param snapshots makes the snapshot of the run, given that of its trainings; thread-safe */
    RunFigures(
            BoundaryCollector boundaries,
            Inputs inputs,
            Function<TrainingsSnapshot, RunSnapshot> snapshots,
            Consumer<String> log) {
        this.boundaries = boundaries;
        this.inputs = inputs;
        this.snapshots = snapshots;
        this.log = log;
        this.attribution = new CircuitBreaker(failure ->
                log.accept("a boundary of a training is lost, and the figures of its epoch may be wrong: " + failure));
        this.budgetChecks =
                new CircuitBreaker(failure -> log.accept("the use of the budget could not be reported: " + failure));
    }

    /**
     * What the figures are made from.
     *
     * @param frameworks gets the program's own loops, once there are any
     * @param carbon how energy is converted to CO2e now
     * @param unmetered what of the frameworks here is not metered, and why, a sentence each
     * @param startNanos when the run started, on {@link System#nanoTime()}
     */
    record Inputs(
            EnergyMeter meter,
            TrainingMeter training,
            ProgramMeter program,
            FrameworkTable frameworks,
            TrainingStops stops,
            Optional<BudgetMonitor> budget,
            RunCarbon carbon,
            Supplier<List<String>> unmetered,
            long startNanos) {}

    /** Whether so many boundaries wait that they should be processed at once. */
    boolean isUrgent() {
        return boundaries.isFilling();
    }

    /** Processes what is new. Failures are reported and not thrown. */
    void update() {
        if (attributing) {
            attribution.run(this::attribute).ifPresent(this::stopAttributing);
        }
        inputs.carbon().update(inputs.meter(), inputs.training()::changeIntensity);
        long now = System.nanoTime();
        if (now - powerNanos >= POWER_NANOS) {
            powerNanos = Math.max(powerNanos + POWER_NANOS, now - POWER_NANOS / 2);
            recordPower(now);
        }
        if (now - budgetNanos >= BUDGET_NANOS) {
            budgetNanos = now;
            checkBudget(now);
        }
    }

    private void attribute() {
        inputs.training().follow();
        inputs.program().resolve(System.nanoTime());
        inputs.stops().report(log);
    }

    private void recordPower(long now) {
        Map<String, Long> microwatts = new LinkedHashMap<>();
        for (DomainMeter domain : inputs.meter().domains()) {
            long known = inputs.meter().isOurs(domain) ? domain.microwatts() : DomainMeter.UNKNOWN;
            if (known != DomainMeter.UNKNOWN) {
                microwatts.put(domain.domain().device(), known);
            }
        }
        power.record(System.currentTimeMillis(), now, microwatts);
    }

    /** The power of the run's devices over time. */
    PowerHistory power() {
        return power;
    }

    private void checkBudget(long now) {
        inputs.budget()
                .ifPresent(budget -> budgetChecks.run(() -> budget.update(
                        inputs.meter().microjoules(),
                        inputs.carbon().gramsCo2e(inputs.meter()),
                        now - inputs.startNanos())));
    }

    /** Gives up on epochs, phases and windows; the energies of devices continue. */
    void stopAttributing(Throwable reason) {
        attributing = false;
        boundaries.stop();
        log.accept("epochs, phases and windows are not known from here on: " + reason);
    }

    /** Takes no further boundaries. Thread-safe. */
    void stopCollecting() {
        boundaries.stop();
    }

    /** Processes what is left after the last reading, and ends the program's windows. */
    void finish() {
        inputs.stops().report(log);
        inputs.program().end(System.nanoTime());
        inputs.training().finish();
        checkBudget(System.nanoTime());
    }

    /** The run now. Updates the forecasts. */
    RunSnapshot snapshot() {
        TrainingSnapshot trainings = inputs.training().snapshot();
        if (trainings.frameworks().containsKey(Framework.CUSTOM)) {
            inputs.frameworks().found(Framework.CUSTOM);
        }
        return snapshotOf(new TrainingsSnapshot(
                trainings,
                forecasts.update(trainings),
                inputs.budget()
                        .map(budget -> budget.state().withStopped(inputs.stops().count())),
                inputs.program().totals(),
                inputs.unmetered().get()));
    }

    /** The run now, with trainings as they were at another time. */
    RunSnapshot snapshotOf(TrainingsSnapshot trainings) {
        return snapshots.apply(trainings);
    }

    /** The forecasts of the latest snapshot. */
    List<Forecast> forecasts() {
        return forecasts.latest();
    }
}
