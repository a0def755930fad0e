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
    void aFitThatGoesOnIsProjectedToItsPlannedEnd() {
        begin(40);
        epochs(3);

        assertThat(projection())
                .hasValueSatisfying(known -> assertThat(known.plannedEpochs()).isEqualTo(40));
    }

    @Test
    void aFitThatWasAskedToStopIsPlannedToWhereItStops() {
        begin(40);
        epochs(3);
        tell(Boundary.STOPPED, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(3);
        assertThat(projection()).isEmpty();

        tell(Boundary.RUN_END, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(3);
        assertThat(projection()).isEmpty();
    }

    @Test
    void aFitThatIsAskedToStopInTheMidstOfAnEpochIsPlannedToThatEpochsEnd() {
        begin(40);
        epochs(3);
        tell(Boundary.EPOCH_START, Boundary.UNKNOWN);
        tell(Boundary.STOPPED, Boundary.UNKNOWN);
        driven.advance(HALF_SECOND);
        tell(Boundary.ITERATION, 8);
        tell(Boundary.EPOCH_END, Boundary.UNKNOWN);
        tell(Boundary.RUN_END, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(4);
        assertThat(record().epochsDone()).isEqualTo(4);
        assertThat(projection()).isEmpty();
    }

    @Test
    void aStopHoldsAgainstTheConfiguredNumberOfEpochsToo() {
        training = following(12);
        begin(40);
        epochs(3);

        assertThat(record().plannedEpochs()).isEqualTo(12);

        tell(Boundary.STOPPED, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(3);
        assertThat(projection()).isEmpty();
    }

    @Test
    void aFitThatEndsEarlyByItselfIsNotProjectedAnyLonger() {
        begin(40);
        epochs(3);
        tell(Boundary.RUN_END, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(40);
        assertThat(projection()).isEmpty();
    }

    @Test
    void aFitThatAnExceptionEndsIsNotProjectedAnyLonger() {
        begin(40);
        epochs(2);
        tell(Boundary.EPOCH_START, Boundary.UNKNOWN);
        driven.advance(HALF_SECOND);
        tell(Boundary.EPOCH_END, Boundary.FAILED);
        tell(Boundary.RUN_END, Boundary.FAILED);

        assertThat(record().epochsDone()).isEqualTo(2);
        assertThat(projection()).isEmpty();
    }

    @Test
    void aLoopOfFitsGoesOnTowardsTheConfiguredNumberOfEpochs() {
        training = following(12);
        begin(2);
        epochs(2);
        tell(Boundary.RUN_END, Boundary.UNKNOWN);

        assertThat(projection())
                .hasValueSatisfying(known -> assertThat(known.plannedEpochs()).isEqualTo(12));
    }

    @Test
    void aClosedTrainerHasNoMoreEpochs() {
        training = following(12);
        epochs(2);

        assertThat(projection()).isPresent();

        tell(Boundary.CLOSE, Boundary.UNKNOWN);

        assertThat(projection()).isEmpty();
    }

    @Test
    void theNextFitHasItsOwnPlan() {
        begin(40);
        epochs(2);
        tell(Boundary.STOPPED, Boundary.UNKNOWN);
        tell(Boundary.RUN_END, Boundary.UNKNOWN);
        begin(5);
        epochs(1);

        assertThat(record().plannedEpochs()).isEqualTo(7);
        assertThat(projection()).isPresent();
    }

    @Test
    void epochsBeyondAPlanThatIsOverHaveNone() {
        begin(3);
        epochs(3);
        tell(Boundary.RUN_END, Boundary.UNKNOWN);

        assertThat(record().plannedEpochs()).isEqualTo(3);

        epochs(2);

        assertThat(record().epochsDone()).isEqualTo(5);
        assertThat(record().plannedEpochs()).isZero();
    }

    @Test
    void asManyEpochsAsThereAreNumbersAreNoPlan() {
        begin(Integer.MAX_VALUE);
        epochs(2);

        assertThat(record().plannedEpochs()).isZero();
        assertThat(projection()).isEmpty();

        begin(Boundary.UNKNOWN);
        tell(Boundary.PLAN, Integer.MAX_VALUE);
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

    private void begin(long planned) {
        tell(Boundary.RUN_START, planned);
    }

    private void epochs(int count) {
        for (int i = 0; i < count; i++) {
            tell(Boundary.EPOCH_START, Boundary.UNKNOWN);
            driven.advance(HALF_SECOND);
            tell(Boundary.ITERATION, 8);
            tell(Boundary.EPOCH_END, Boundary.UNKNOWN);
        }
    }

    private void tell(Boundary boundary, long size) {
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
