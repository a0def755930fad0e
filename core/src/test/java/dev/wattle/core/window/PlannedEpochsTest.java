/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.attribution.TrainingMeter;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.forecast.Forecasts;
import dev.wattle.core.forecast.Projection;
import dev.wattle.core.sampling.SteppedMeter;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a training is projected to cost, when its fit ends before its plan does. Epochs last half a second at 100 W. */
class PlannedEpochsTest {
    private static final long HALF_SECOND = 500_000_000L;
    private static final int MODEL = 17;
    private static final long THREAD = 1;

    private final SteppedMeter driven = SteppedMeter.of(SteppedMeter.watts(100));
    private final BoundaryQueue queue = new BoundaryQueue(256);
    private final Forecasts forecasts = new Forecasts();

    private TrainingMeter training = following(0);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void aFitThatContinuesIsProjectedToItsPlannedEnd() {
        startRun(40);
        epochs(3);

        assertThat(projection())
                .hasValueSatisfying(known -> assertThat(known.plannedEpochs()).isEqualTo(40));
    }

    @Test
    void aFitThatWasAskedToStopIsPlannedToWhereItStops() {
        startRun(40);
        epochs(3);
        offer(Boundary.STOPPED, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(3);
        assertThat(projection()).isEmpty();

        offer(Boundary.RUN_END, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(3);
        assertThat(projection()).isEmpty();
    }

    @Test
    void aFitThatIsAskedToStopDuringAnEpochIsPlannedToThatEpochsEnd() {
        startRun(40);
        epochs(3);
        offer(Boundary.EPOCH_START, Boundary.UNKNOWN);
        offer(Boundary.STOPPED, Boundary.UNKNOWN);
        driven.advance(HALF_SECOND);
        offer(Boundary.ITERATION, 8);
        offer(Boundary.EPOCH_END, Boundary.UNKNOWN);
        offer(Boundary.RUN_END, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(4);
        assertThat(record().epochsDone()).isEqualTo(4);
        assertThat(projection()).isEmpty();
    }

    @Test
    void aStopHoldsAgainstTheConfiguredNumberOfEpochsToo() {
        training = following(12);
        startRun(40);
        epochs(3);

        assertThat(record().plannedEpochs()).isEqualTo(12);

        offer(Boundary.STOPPED, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(3);
        assertThat(projection()).isEmpty();
    }

    @Test
    void aFitThatEndsEarlyByItselfIsNotProjectedAnyLonger() {
        startRun(40);
        epochs(3);
        offer(Boundary.RUN_END, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(40);
        assertThat(projection()).isEmpty();
    }

    @Test
    void aFitThatAnExceptionEndsIsNotProjectedAnyLonger() {
        startRun(40);
        epochs(2);
        offer(Boundary.EPOCH_START, Boundary.UNKNOWN);
        driven.advance(HALF_SECOND);
        offer(Boundary.EPOCH_END, Boundary.FAILED);
        offer(Boundary.RUN_END, Boundary.FAILED);

        assertThat(record().epochsDone()).isEqualTo(2);
        assertThat(projection()).isEmpty();
    }

    @Test
    void aLoopOfFitsIsProjectedToTheConfiguredNumberOfEpochs() {
        training = following(12);
        startRun(2);
        epochs(2);
        offer(Boundary.RUN_END, Boundary.UNKNOWN);

        assertThat(projection())
                .hasValueSatisfying(known -> assertThat(known.plannedEpochs()).isEqualTo(12));
    }

    @Test
    void aClosedTrainerHasNoMoreEpochs() {
        training = following(12);
        epochs(2);

        assertThat(projection()).isPresent();

        offer(Boundary.CLOSE, Boundary.UNKNOWN);

        assertThat(projection()).isEmpty();
    }

    @Test
    void theNextFitHasItsOwnPlan() {
        startRun(40);
        epochs(2);
        offer(Boundary.STOPPED, Boundary.UNKNOWN);
        offer(Boundary.RUN_END, Boundary.UNKNOWN);
        startRun(5);
        epochs(1);

        assertThat(record().plannedEpochs()).isEqualTo(7);
        assertThat(projection()).isPresent();
    }

    @Test
    void epochsBeyondAPlanThatIsOverHaveNone() {
        startRun(3);
        epochs(3);
        offer(Boundary.RUN_END, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(3);

        epochs(2);

        assertThat(record().epochsDone()).isEqualTo(5);
        assertThat(record().plannedEpochs()).isZero();
    }

    @Test
    void asManyEpochsAsThereAreNumbersAreNoPlan() {
        startRun(Integer.MAX_VALUE);
        epochs(2);

        assertThat(record().plannedEpochs()).isZero();
        assertThat(projection()).isEmpty();

        startRun(Boundary.UNKNOWN);
        offer(Boundary.PLAN, Integer.MAX_VALUE);
        epochs(1);

        assertThat(record().plannedEpochs()).isZero();
    }

    private TrainingMeter following(int configuredEpochs) {
        TrainingMeter meter = new TrainingMeter(
                driven.meter(),
                driven,
                new MetricNames(),
                new TrainingNames(),
                configuredEpochs,
                new TrainingObserver() {});
        meter.take(queue);
        return meter;
    }

    private void startRun(long planned) {
        offer(Boundary.RUN_START, planned);
    }

    private void epochs(int count) {
        for (int i = 0; i < count; i++) {
            offer(Boundary.EPOCH_START, Boundary.UNKNOWN);
            driven.advance(HALF_SECOND);
            offer(Boundary.ITERATION, 8);
            offer(Boundary.EPOCH_END, Boundary.UNKNOWN);
        }
    }

    private void offer(Boundary boundary, long size) {
        queue.offer(boundary.eventOf(Framework.DL4J), MODEL, THREAD, driven.nanoTime(), size, Double.NaN);
    }

    private TrainingRecord record() {
        driven.advance(HALF_SECOND);
        training.follow();
        TrainingSnapshot snapshot = training.snapshot();
        assertThat(snapshot.trainings()).hasSize(1);
        return snapshot.trainings().get(0);
    }

    private Optional<Projection> projection() {
        record();
        return forecasts.update(training.snapshot()).get(0).projection();
    }
}
