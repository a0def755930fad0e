/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.energy.EnergySums;
import dev.wattle.core.epoch.EpochHistory;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.PhaseEnergy;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.epoch.TrainingSnapshot;
import dev.wattle.core.sampling.SteppedMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingMeterTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int MODEL = 17;
    private static final int OTHER = 18;
    private static final long MAIN = 1;
    private static final long SECOND_THREAD = 2;

    private final List<EpochRecord> reported = new ArrayList<>();
    private final MetricNames names = new MetricNames();
    private final BoundaryQueue queue = new BoundaryQueue(4_096);
    private SteppedMeter driven = SteppedMeter.of(nanos -> 0);
    private TrainingMeter training = following();

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void chargesAnEpochWithTheEnergyBetweenItsStartAndItsEnd() {
        drive(watts(10, 50, 20));
        at(1.0, Framework.DL4J, Boundary.RUN_START, MODEL, 2, Double.NaN);
        at(1.0, Framework.DL4J, Boundary.EPOCH_START, MODEL);
        at(1.4, Framework.DL4J, Boundary.ITERATION, MODEL, 32, 0.8);
        at(1.9, Framework.DL4J, Boundary.ITERATION, MODEL, 32, 0.6);
        at(2.0, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        at(2.0, Framework.DL4J, Boundary.EPOCH_START, MODEL);
        at(2.5, Framework.DL4J, Boundary.ITERATION, MODEL, 8, 0.5);
        at(3.0, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        at(3.0, Framework.DL4J, Boundary.RUN_END, MODEL);
        end(4.0);

        TrainingRecord record = only();
        assertThat(record.plannedEpochs()).isEqualTo(2);
        assertThat(record.epochsDone()).isEqualTo(2);
        assertThat(record.iterations()).isEqualTo(3);
        assertThat(record.samples()).isEqualTo(72);
        EpochRecord first = record.epochs().get(0);
        assertThat(first.totalMicrojoules()).isCloseTo(50_000_000, within(2L));
        assertThat(first.nanos()).isEqualTo(SECOND);
        assertThat(first.loss()).isCloseTo(0.7, within(1e-12));
        assertThat(record.epochs().get(1).totalMicrojoules()).isCloseTo(20_000_000, within(2L));
        assertThat(reported).isEqualTo(record.epochs());
        assertThat(phase(Phase.OUTSIDE)).isCloseTo(30_000_000, within(2L));
        assertConserved();
    }

    @Test
    void allocatesTheEnergyOfADomainThatJoinsInTheMiddleOfAnEpoch() {
        drive(watts(10, 10, 10, 10));
        at(0.5, Framework.DL4J, Boundary.RUN_START, MODEL, 2, Double.NaN);
        at(0.5, Framework.DL4J, Boundary.EPOCH_START, MODEL);
        at(1.0, Framework.DL4J, Boundary.ITERATION, MODEL, 32, 0.8);
        driven.join(nanos -> 7_000_000 + nanos / 1_000 * 100);
        at(2.0, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        at(2.0, Framework.DL4J, Boundary.EPOCH_START, MODEL);
        at(2.5, Framework.DL4J, Boundary.ITERATION, MODEL, 8, 0.5);
        at(3.0, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        at(3.0, Framework.DL4J, Boundary.RUN_END, MODEL);
        end(4.0);

        List<EpochRecord> epochs = only().epochs();
        assertThat(epochs.get(0).totalMicrojoules()).isBetween(15_000_000L + 90_000_000, 15_000_000L + 101_000_000);
        assertThat(epochs.get(1).totalMicrojoules()).isCloseTo(110_000_000, within(4L));
        assertConserved();
    }

    @Test
    void marksAnEpochThatStartedBeforeTheFirstReading() {
        drive(watts(10, 50, 20));
        offer(-SECOND, Framework.DL4J, Boundary.EPOCH_START, MODEL, MAIN, Boundary.UNKNOWN, Double.NaN);
        at(1.0, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        at(1.0, Framework.DL4J, Boundary.EPOCH_START, MODEL);
        at(2.0, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        end(3.0);

        assertThat(reported).extracting(EpochRecord::incomplete).containsExactly(true, false);
    }

    @Test
    void marksTheEpochsInWhichADeviceDoesNotAnswerAndReportsThemAll() {
        // Silent from 2.2 s to 9 s, and then it shows what it counted meanwhile.
        driven.close();
        driven = SteppedMeter.of(
                watts(10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10),
                nanos -> nanos > 2_200_000_000L && nanos < 9_000_000_000L ? -1 : nanos / 1_000 * 100);
        training = following();
        at(0.5, Framework.DL4J, Boundary.RUN_START, MODEL, 12, Double.NaN);
        for (int epoch = 1; epoch <= 12; epoch++) {
            at(epoch, Framework.DL4J, Boundary.EPOCH_START, MODEL);
            at(epoch + 0.5, Framework.DL4J, Boundary.ITERATION, MODEL, 32, 0.8);
            at(epoch + 1.0, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        }
        end(13.5);

        List<EpochRecord> epochs = only().epochs();
        assertThat(epochs).hasSize(12);
        assertThat(epochs.get(0).incomplete()).isFalse();
        // From 7.5 s on no epoch was reported yet when the counter answered: its energy is interpolated over the gap.
        assertThat(epochs.subList(2, 6)).allMatch(EpochRecord::incomplete);
        assertThat(epochs.subList(6, 12))
                .noneMatch(EpochRecord::incomplete)
                .allSatisfy(epoch -> assertThat(epoch.totalMicrojoules()).isCloseTo(110_000_000, within(4L)));
        assertConserved();
    }

    @Test
    void takesTheConfiguredNumberOfEpochsOverTheFrameworks() {
        drive(watts(10));
        TrainingMeter configured =
                new TrainingMeter(driven.meter(), driven, names, new TrainingNames(), 50, new TrainingObserver() {});
        configured.take(queue);
        offer(SECOND, Framework.DL4J, Boundary.RUN_START, MODEL, MAIN, 20, Double.NaN);
        offer(SECOND, Framework.DL4J, Boundary.ITERATION, MODEL, MAIN, 4, Double.NaN);
        driven.runTo(2 * SECOND);
        configured.follow();

        assertThat(configured.snapshot().trainings())
                .singleElement()
                .satisfies(record -> assertThat(record.plannedEpochs()).isEqualTo(50));
    }

    @Test
    void looksAtABoundaryOnceAReadingAfterItIsIn() {
        drive(watts(10));
        long now = SECOND + SteppedMeter.PERIOD_NANOS / 2;
        driven.runTo(now);
        offer(now - 10_000_000, Framework.DL4J, Boundary.EPOCH_START, MODEL, MAIN, -1, Double.NaN);
        offer(now - 5_000_000, Framework.DL4J, Boundary.ITERATION, MODEL, MAIN, 4, Double.NaN);
        offer(now, Framework.DL4J, Boundary.EPOCH_END, MODEL, MAIN, -1, Double.NaN);
        training.follow();
        boolean early = !reported.isEmpty();
        driven.runTo(2 * SECOND);
        training.follow();

        assertThat(early).isFalse();
        assertThat(reported).hasSize(1);
        assertThat(reported.get(0).belowResolution()).isTrue();
    }

    @Test
    void countsPassesThatDoNotSayWhenTheyEnd() {
        drive(watts(10, 40, 10, 80, 10));
        at(1.0, Framework.DJL, Boundary.PASS_START, MODEL);
        at(1.1, Framework.DJL, Boundary.FETCH, MODEL, 16, Double.NaN);
        at(1.2, Framework.DJL, Boundary.BATCH, MODEL);
        at(1.6, Framework.DJL, Boundary.ITERATION, MODEL);
        at(1.7, Framework.DJL, Boundary.FETCH, MODEL, 8, Double.NaN);
        at(1.8, Framework.DJL, Boundary.BATCH, MODEL);
        at(2.0, Framework.DJL, Boundary.ITERATION, MODEL);
        at(3.0, Framework.DJL, Boundary.PASS_START, MODEL);
        at(3.1, Framework.DJL, Boundary.FETCH, MODEL, 16, Double.NaN);
        at(3.2, Framework.DJL, Boundary.BATCH, MODEL);
        at(3.6, Framework.DJL, Boundary.ITERATION, MODEL);
        at(3.8, Framework.DJL, Boundary.BATCH, MODEL);
        at(4.0, Framework.DJL, Boundary.ITERATION, MODEL);
        at(4.5, Framework.DJL, Boundary.PASS_START, MODEL);
        at(4.9, Framework.DJL, Boundary.CLOSE, MODEL);
        end(5.0);

        TrainingRecord record = only();
        assertThat(record.epochs()).extracting(EpochRecord::iterations).containsExactly(2L, 2L);
        assertThat(record.samples()).isEqualTo(16 + 8 + 16 + 16);
        assertThat(record.epochs().get(0).totalMicrojoules()).isCloseTo(40_000_000, within(2L));
        assertThat(record.epochs().get(1).totalMicrojoules()).isCloseTo(80_000_000, within(2L));
        assertThat(phase(Phase.OUTSIDE)).isCloseTo(30_000_000, within(2L));
        assertConserved();
    }

    @Test
    void takesPassesInsideOfAFitForItsEpochsAndScoringForPartOfThem() {
        drive(watts(10, 40, 10));
        at(1.0, Framework.DJL, Boundary.RUN_START, MODEL, 2, Double.NaN);
        at(1.0, Framework.DJL, Boundary.PASS_START, MODEL);
        at(1.3, Framework.DJL, Boundary.BATCH, MODEL, 16, Double.NaN);
        at(1.5, Framework.DJL, Boundary.ITERATION, MODEL);
        at(1.5, Framework.DJL, Boundary.VALIDATION_START, MODEL);
        at(1.6, Framework.DJL, Boundary.PASS_START, MODEL);
        at(1.6, Framework.DJL, Boundary.FETCH, MODEL, 1_000, Double.NaN);
        at(1.75, Framework.DJL, Boundary.VALIDATION_END, MODEL);
        at(1.8, Framework.DJL, Boundary.METRIC, MODEL, names.numberOf("accuracy"), 0.9);
        at(2.0, Framework.DJL, Boundary.PASS_START, MODEL);
        at(2.4, Framework.DJL, Boundary.BATCH, MODEL, 16, Double.NaN);
        at(2.5, Framework.DJL, Boundary.ITERATION, MODEL);
        at(2.9, Framework.DJL, Boundary.METRIC, MODEL, names.numberOf("loss"), 0.25);
        at(3.0, Framework.DJL, Boundary.RUN_END, MODEL);
        end(3.0);

        TrainingRecord record = only();
        assertThat(record.epochsDone()).isEqualTo(2);
        assertThat(record.samples()).isEqualTo(32);
        EpochRecord first = record.epochs().get(0);
        assertThat(first.totalMicrojoules()).isCloseTo(40_000_000, within(2L));
        assertThat(first.validationMicrojoules()).isCloseTo(10_000_000, within(2L));
        assertThat(first.metrics()).containsEntry("accuracy", 0.9);
        assertThat(record.epochs().get(1).loss()).isEqualTo(0.25);
        assertThat(phase(Phase.VALIDATION)).isCloseTo(10_000_000, within(2L));
        assertConserved();
    }

    @Test
    void allocatesWhatTwoTrainingsUsedTogetherInEqualParts() {
        drive(watts(10, 10, 60, 10));
        at(1.0, MAIN, Framework.DL4J, Boundary.EPOCH_START, MODEL, -1);
        at(2.0, SECOND_THREAD, Framework.DL4J, Boundary.EPOCH_START, OTHER, -1);
        at(2.5, MAIN, Framework.DL4J, Boundary.ITERATION, MODEL, 1);
        at(2.5, SECOND_THREAD, Framework.DL4J, Boundary.ITERATION, OTHER, 1);
        at(3.0, MAIN, Framework.DL4J, Boundary.EPOCH_END, MODEL, -1);
        at(4.0, SECOND_THREAD, Framework.DL4J, Boundary.EPOCH_END, OTHER, -1);
        end(4.0);

        List<TrainingRecord> records = training.snapshot().trainings();
        assertThat(records).hasSize(2);
        assertThat(records.get(0).epochs().get(0).totalMicrojoules()).isCloseTo(40_000_000, within(2L));
        assertThat(records.get(0).epochs().get(0).shared()).isTrue();
        assertThat(records.get(1).epochs().get(0).totalMicrojoules()).isCloseTo(40_000_000, within(2L));
        assertConserved();
    }

    @Test
    void keepsTrainersApartThatTakeTurnsOnOneThread() {
        drive(watts(10, 20, 60, 20, 60, 10));
        at(1.0, Framework.DJL, Boundary.PASS_START, MODEL);
        at(1.0, Framework.DJL, Boundary.FETCH, 99, 8, Double.NaN);
        at(1.2, Framework.DJL, Boundary.BATCH, MODEL);
        at(2.0, Framework.DJL, Boundary.ITERATION, MODEL);
        at(2.1, Framework.DJL, Boundary.BATCH, OTHER);
        at(3.0, Framework.DJL, Boundary.ITERATION, OTHER);
        at(3.0, Framework.DJL, Boundary.FETCH, 99, 8, Double.NaN);
        at(3.2, Framework.DJL, Boundary.BATCH, MODEL);
        at(4.0, Framework.DJL, Boundary.ITERATION, MODEL);
        at(4.1, Framework.DJL, Boundary.BATCH, OTHER);
        at(5.0, Framework.DJL, Boundary.ITERATION, OTHER);
        end(6.0);

        List<TrainingRecord> records = training.snapshot().trainings();
        assertThat(records).extracting(TrainingRecord::iterations).containsExactly(2L, 2L);
        assertThat(records).extracting(TrainingRecord::samples).containsExactly(16L, 16L);
        assertThat(records.get(0).microjoules().get(Phase.TRAIN)).isCloseTo(40_000_000, within(4L));
        assertThat(records.get(1).microjoules().get(Phase.TRAIN)).isCloseTo(120_000_000, within(4L));
        assertConserved();
    }

    @Test
    void doesNotCountAnEpochThatAnExceptionEnded() {
        drive(watts(10, 40, 10));
        at(1.0, Framework.DL4J, Boundary.RUN_START, MODEL);
        at(1.0, Framework.DL4J, Boundary.EPOCH_START, MODEL);
        at(1.5, Framework.DL4J, Boundary.ITERATION, MODEL, 4, 1.0);
        at(2.0, Framework.DL4J, Boundary.EPOCH_END, MODEL, Boundary.FAILED, Double.NaN);
        at(2.0, Framework.DL4J, Boundary.RUN_END, MODEL, Boundary.FAILED, Double.NaN);
        end(3.0);

        assertThat(only().epochsDone()).isZero();
        assertThat(only().working()).isFalse();
        assertThat(phase(Phase.TRAIN)).isCloseTo(40_000_000, within(2L));
        assertConserved();
    }

    @Test
    void picksUpAFitThatWasAlreadyRunningAtItsNextIteration() {
        drive(watts(40));
        at(1.0, Framework.DL4J, Boundary.ITERATION, MODEL, 4, 1.0);
        at(2.0, Framework.DL4J, Boundary.ITERATION, MODEL, 4, 1.0);
        at(2.5, Framework.DL4J, Boundary.EPOCH_START, MODEL);
        at(3.0, Framework.DL4J, Boundary.ITERATION, MODEL, 4, 1.0);
        at(3.5, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        at(3.5, Framework.DL4J, Boundary.RUN_END, MODEL);
        end(4.0);

        assertThat(only().iterations()).isEqualTo(3);
        assertThat(only().epochsDone()).isEqualTo(1);
        assertThat(only().epochs().get(0).totalMicrojoules()).isCloseTo(40_000_000, within(2L));
        assertThat(phase(Phase.TRAIN)).isCloseTo(80_000_000, within(2L));
        assertConserved();
    }

    @Test
    void dropsAnEpochWhoseFitEndsInItsMidst() {
        drive(watts(10, 40, 10, 40, 10));
        at(1.0, Framework.SAMEDIFF, Boundary.RUN_START, MODEL, 2, Double.NaN);
        at(1.0, Framework.SAMEDIFF, Boundary.EPOCH_START, MODEL);
        at(1.5, Framework.SAMEDIFF, Boundary.ITERATION, MODEL, 4, 1.0);
        at(2.0, Framework.SAMEDIFF, Boundary.RUN_END, MODEL, Boundary.FAILED, Double.NaN);
        at(3.0, Framework.SAMEDIFF, Boundary.RUN_START, MODEL, 1, Double.NaN);
        at(3.0, Framework.SAMEDIFF, Boundary.EPOCH_START, MODEL);
        at(3.5, Framework.SAMEDIFF, Boundary.ITERATION, MODEL, 4, 1.0);
        at(4.0, Framework.SAMEDIFF, Boundary.EPOCH_END, MODEL);
        at(4.0, Framework.SAMEDIFF, Boundary.RUN_END, MODEL);
        end(5.0);

        assertThat(only().epochsDone()).isEqualTo(1);
        assertThat(only().epochs().get(0).totalMicrojoules()).isCloseTo(40_000_000, within(2L));
        assertThat(only().epochs().get(0).sinceLastMicrojoules()).isCloseTo(40_000_000, within(2L));
        assertConserved();
    }

    @Test
    void startsAgainWhereTheProgramNeverClosedItsLastEpoch() {
        int subject = -1;
        drive(watts(10, 40, 10, 20, 10));
        at(1.0, Framework.CUSTOM, Boundary.RUN_START, subject, 2, Double.NaN);
        at(1.0, Framework.CUSTOM, Boundary.EPOCH_START, subject);
        at(1.5, Framework.CUSTOM, Boundary.ITERATION, subject, 4, 1.0);
        at(3.0, Framework.CUSTOM, Boundary.RUN_START, subject, 2, Double.NaN);
        at(3.0, Framework.CUSTOM, Boundary.EPOCH_START, subject);
        at(3.5, Framework.CUSTOM, Boundary.ITERATION, subject, 4, 1.0);
        at(4.0, Framework.CUSTOM, Boundary.EPOCH_END, subject);
        at(4.0, Framework.CUSTOM, Boundary.RUN_END, subject);
        end(5.0);

        assertThat(only().epochsDone()).isEqualTo(1);
        assertThat(only().epochs().get(0).totalMicrojoules()).isCloseTo(20_000_000, within(2L));
        assertThat(only().working()).isFalse();
        assertConserved();
    }

    @Test
    void chargesWorkersToTheTrainingTheyWorkForAndOnlyWhileTheyWork() {
        drive(watts(10, 40, 10, 40, 10));
        at(0.5, SECOND_THREAD, Framework.DL4J, Boundary.WORKER_START, MODEL, -1);
        at(1.0, MAIN, Framework.DL4J, Boundary.EPOCH_START, MODEL, -1);
        at(1.1, SECOND_THREAD, Framework.DL4J, Boundary.RUN_START, OTHER, -1);
        at(1.5, SECOND_THREAD, Framework.DL4J, Boundary.ITERATION, OTHER, 8);
        at(1.9, SECOND_THREAD, Framework.DL4J, Boundary.RUN_END, OTHER, -1);
        at(2.0, MAIN, Framework.DL4J, Boundary.EPOCH_END, MODEL, -1);
        at(3.0, MAIN, Framework.DL4J, Boundary.EPOCH_START, MODEL, -1);
        at(3.5, SECOND_THREAD, Framework.DL4J, Boundary.ITERATION, OTHER, 8);
        at(4.0, MAIN, Framework.DL4J, Boundary.EPOCH_END, MODEL, -1);
        at(4.5, SECOND_THREAD, Framework.DL4J, Boundary.WORKER_END, MODEL, -1);
        end(5.0);

        assertThat(only().iterations()).isEqualTo(2);
        assertThat(only().epochs())
                .extracting(EpochRecord::totalMicrojoules)
                .allSatisfy(joules -> assertThat(joules).isCloseTo(40_000_000, within(2L)));
        assertThat(phase(Phase.OUTSIDE)).isCloseTo(30_000_000, within(2L));
        assertConserved();
    }

    @Test
    void countsWhatTwoWorkersUseInsideTheirFitOnce() {
        drive(watts(10, 40, 40, 10));
        at(1.0, MAIN, Framework.DL4J, Boundary.RUN_START, MODEL, 1);
        at(1.0, MAIN, Framework.DL4J, Boundary.EPOCH_START, MODEL, -1);
        for (long worker = 2; worker <= 3; worker++) {
            at(1.0, worker, Framework.DL4J, Boundary.WORKER_START, MODEL, -1);
            at(1.0, worker, Framework.CUSTOM, Boundary.EPOCH_START, -1, -1);
            at(1.0, worker, Framework.CUSTOM, Boundary.ITERATION, -1, 4);
        }
        for (long worker = 2; worker <= 3; worker++) {
            at(3.0, worker, Framework.CUSTOM, Boundary.EPOCH_END, -1, -1);
            at(3.0, worker, Framework.DL4J, Boundary.WORKER_END, MODEL, -1);
        }
        at(3.0, MAIN, Framework.DL4J, Boundary.EPOCH_END, MODEL, -1);
        at(3.0, MAIN, Framework.DL4J, Boundary.RUN_END, MODEL, -1);
        end(4.0);

        TrainingRecord fit = training.snapshot().trainings().stream()
                .filter(record -> record.framework() == Framework.DL4J)
                .findFirst()
                .orElseThrow();
        assertThat(fit.insideMicrojoules()).isCloseTo(40_000_000, within(4L));
        assertThat(fit.epochs().get(0).totalMicrojoules()).isCloseTo(80_000_000, within(4L));
        assertConserved();
    }

    @Test
    void forgetsOldTrainingsButNotTheirEnergy() {
        drive(watts(10, 40, 10));
        int trainings = TrainingRegistry.MAX_TRAININGS + 44;
        for (int model = 1; model <= trainings; model++) {
            double start = 1 + (double) (model - 1) / trainings;
            double end = 1 + (double) model / trainings;
            at(start, Framework.DL4J, Boundary.RUN_START, model);
            at((start + end) / 2, Framework.DL4J, Boundary.ITERATION, model, 1, Double.NaN);
            at(end, Framework.DL4J, Boundary.RUN_END, model);
        }
        end(3.0);

        TrainingSnapshot snapshot = training.snapshot();
        assertThat(snapshot.trainings()).hasSize(TrainingRegistry.MAX_TRAININGS);
        assertThat(snapshot.forgotten()).isEqualTo(44);
        assertThat(phase(Phase.TRAIN)).isCloseTo(40_000_000, within(1_000L));
        assertConserved();
    }

    @Test
    void putsOldEpochsTogetherSoThatTheirNumberStaysBounded() {
        drive(watts(10, 40, 10));
        int epochs = 5_000;
        for (int epoch = 0; epoch < epochs; epoch++) {
            at(1 + (double) epoch / epochs, Framework.DL4J, Boundary.EPOCH_START, MODEL);
            at(1 + (epoch + 0.5) / epochs, Framework.DL4J, Boundary.ITERATION, MODEL, 2, 1.0);
            at(1 + (epoch + 1.0) / epochs, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        }
        end(3.0);

        List<EpochRecord> records = only().epochs();
        assertThat(only().epochsDone()).isEqualTo(epochs);
        assertThat(records).hasSizeLessThanOrEqualTo(EpochHistory.MAX_RECORDS);
        assertThat(records.stream().mapToInt(EpochRecord::epochs).sum()).isEqualTo(epochs);
        assertThat(records.stream().mapToLong(EpochRecord::samples).sum()).isEqualTo(2L * epochs);
        assertThat(records.stream()
                        .mapToLong(record -> record.totalMicrojoules() + record.sinceLastMicrojoules())
                        .sum())
                .isEqualTo(phase(Phase.TRAIN));
    }

    @Test
    void aLoopOfTheProgramPlansTheSameNumberOfEpochsWithEachOfThem() {
        drive(watts(10));
        for (int epoch = 1; epoch <= 3; epoch++) {
            at(epoch, Framework.CUSTOM, Boundary.RUN_START, -1, 20, Double.NaN);
            at(epoch, Framework.CUSTOM, Boundary.EPOCH_START, -1);
            at(epoch + 0.5, Framework.CUSTOM, Boundary.EPOCH_END, -1);
            at(epoch + 0.5, Framework.CUSTOM, Boundary.RUN_END, -1);
        }
        end(4.0);

        assertThat(only().epochsDone()).isEqualTo(3);
        assertThat(only().plannedEpochs()).isEqualTo(20);
    }

    @Test
    void aTrainingOfTheProgramsIsItsOwnInsideOfAnotherAndOutside() {
        drive(watts(10));
        at(1, Framework.CUSTOM, Boundary.RUN_START, -1);
        at(1, Framework.CUSTOM, Boundary.EPOCH_START, -1);
        at(1.5, Framework.CUSTOM, Boundary.RUN_START, -2);
        at(1.5, Framework.CUSTOM, Boundary.EPOCH_START, -2);
        at(2, Framework.CUSTOM, Boundary.EPOCH_END, -2);
        at(2, Framework.CUSTOM, Boundary.RUN_END, -2);
        at(3, Framework.CUSTOM, Boundary.EPOCH_END, -1);
        at(3, Framework.CUSTOM, Boundary.RUN_END, -1);
        at(4, Framework.CUSTOM, Boundary.RUN_START, -2);
        at(4, Framework.CUSTOM, Boundary.EPOCH_START, -2);
        at(5, Framework.CUSTOM, Boundary.EPOCH_END, -2);
        at(5, Framework.CUSTOM, Boundary.RUN_END, -2);
        end(6);

        assertThat(training.snapshot().trainings())
                .extracting(TrainingRecord::epochsDone)
                .containsExactly(1, 2);
        assertConserved();
    }

    @Test
    void aFitInsideAnEpochOfTheProgramIsATrainingOfItsOwnAndItsEnergyIsAllocatedOnce() {
        drive(watts(10, 20, 40, 80, 10));
        at(1.0, Framework.CUSTOM, Boundary.RUN_START, -1, 1, Double.NaN);
        at(1.0, Framework.CUSTOM, Boundary.EPOCH_START, -1);
        at(2.0, Framework.DL4J, Boundary.RUN_START, MODEL, 2, Double.NaN);
        at(2.0, Framework.DL4J, Boundary.EPOCH_START, MODEL);
        at(2.5, Framework.DL4J, Boundary.ITERATION, MODEL, 32, 0.8);
        at(3.0, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        at(3.0, Framework.DL4J, Boundary.EPOCH_START, MODEL);
        at(3.2, Framework.CUSTOM, Boundary.ITERATION, -1, 7, 0.1);
        at(3.5, Framework.DL4J, Boundary.ITERATION, MODEL, 32, 0.8);
        at(4.0, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        at(4.0, Framework.DL4J, Boundary.RUN_END, MODEL);
        at(4.5, Framework.CUSTOM, Boundary.EPOCH_END, -1);
        end(5.0);

        TrainingRecord inner = of(Framework.DL4J);
        TrainingRecord outer = of(Framework.CUSTOM);
        assertThat(inner.epochs())
                .extracting(EpochRecord::totalMicrojoules)
                .satisfiesExactly(
                        first -> assertThat(first).isCloseTo(40_000_000, within(2L)),
                        second -> assertThat(second).isCloseTo(80_000_000, within(2L)));
        assertThat(inner.iterations()).isEqualTo(2);
        assertThat(outer.iterations()).isEqualTo(1);
        assertThat(outer.samples()).isEqualTo(7);
        assertThat(outer.epochs()).singleElement().satisfies(epoch -> {
            assertThat(epoch.totalMicrojoules()).isCloseTo(145_000_000, within(2L));
            assertThat(epoch.insideMicrojoules()).isCloseTo(120_000_000, within(2L));
            assertThat(epoch.shared()).isFalse();
        });
        assertThat(outer.microjoules().get(Phase.TRAIN)).isCloseTo(25_000_000, within(2L));
        assertThat(outer.insideMicrojoules()).isEqualTo(outer.epochs().get(0).insideMicrojoules());
        assertConserved();
    }

    @Test
    void aLoopByHandInsideAnEpochOfTheProgramsIsATrainingOfItsOwn() {
        drive(watts(10, 40, 20));
        at(1.0, Framework.CUSTOM, Boundary.EPOCH_START, -1);
        at(1.0, Framework.DJL, Boundary.PASS_START, MODEL);
        at(1.4, Framework.DJL, Boundary.ITERATION, MODEL, 8, 0.5);
        at(2.0, Framework.DJL, Boundary.ITERATION, MODEL, 8, 0.5);
        at(3.0, Framework.CUSTOM, Boundary.EPOCH_END, -1);
        at(3.0, Framework.DJL, Boundary.CLOSE, MODEL);
        end(4.0);

        assertThat(of(Framework.DJL).iterations()).isEqualTo(2);
        assertThat(of(Framework.DJL).epochsDone()).isEqualTo(1);
        assertThat(of(Framework.DJL).microjoules().get(Phase.TRAIN)).isCloseTo(40_000_000, within(2L));
        assertThat(of(Framework.CUSTOM).iterations()).isZero();
        assertThat(of(Framework.CUSTOM).epochs().get(0).totalMicrojoules()).isCloseTo(60_000_000, within(2L));
        assertThat(of(Framework.CUSTOM).epochs().get(0).insideMicrojoules()).isCloseTo(40_000_000, within(2L));
        assertConserved();
    }

    @Test
    void anEpochOfTheProgramsInsideAFitLeavesTheFitItsEpochs() {
        drive(watts(10, 40, 20));
        at(1.0, Framework.DL4J, Boundary.RUN_START, MODEL, 2, Double.NaN);
        at(1.0, Framework.DL4J, Boundary.EPOCH_START, MODEL);
        at(1.0, Framework.CUSTOM, Boundary.EPOCH_START, -1);
        at(1.5, Framework.DL4J, Boundary.ITERATION, MODEL, 8, 0.5);
        at(2.0, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        at(2.0, Framework.CUSTOM, Boundary.EPOCH_END, -1);
        at(2.5, Framework.DL4J, Boundary.RUN_END, MODEL);
        end(3.0);

        assertThat(of(Framework.DL4J).iterations()).isEqualTo(1);
        assertThat(of(Framework.DL4J).epochs().get(0).totalMicrojoules()).isCloseTo(40_000_000, within(2L));
        assertThat(of(Framework.DL4J).epochs().get(0).insideMicrojoules()).isCloseTo(40_000_000, within(2L));
        assertThat(of(Framework.CUSTOM).epochs().get(0).totalMicrojoules()).isCloseTo(40_000_000, within(2L));
        assertThat(phase(Phase.OUTSIDE)).isCloseTo(20_000_000, within(2L));
        assertConserved();
    }

    @Test
    void whatIsScoredInsideAnEpochOfTheProgramsIsTheProgramsUnlessItIsAModelThatHasTrained() {
        drive(watts(10, 40));
        at(1.0, Framework.CUSTOM, Boundary.EPOCH_START, -1);
        at(1.2, Framework.DL4J, Boundary.VALIDATION_START, MODEL);
        at(1.4, Framework.DL4J, Boundary.VALIDATION_END, MODEL);
        at(1.6, Framework.DL4J, Boundary.RUN_START, OTHER);
        at(1.7, Framework.DL4J, Boundary.ITERATION, OTHER);
        at(1.8, Framework.DL4J, Boundary.RUN_END, OTHER);
        at(2.0, Framework.DL4J, Boundary.VALIDATION_START, OTHER);
        at(2.5, Framework.DL4J, Boundary.VALIDATION_END, OTHER);
        at(3.0, Framework.CUSTOM, Boundary.EPOCH_END, -1);
        end(3.0);

        assertThat(of(Framework.CUSTOM).microjoules().get(Phase.VALIDATION)).isCloseTo(8_000_000, within(2L));
        assertThat(of(Framework.DL4J).microjoules().get(Phase.VALIDATION)).isCloseTo(20_000_000, within(2L));
        assertThat(of(Framework.CUSTOM).epochs().get(0).totalMicrojoules()).isCloseTo(80_000_000, within(2L));
        assertConserved();
    }

    @Test
    void epochsOfOneNameOnTwoThreadsAreAsManyAsTheyAre() {
        drive(watts(10, 40, 40, 40, 40, 10));
        for (int epoch = 0; epoch < 4; epoch++) {
            at(1 + epoch, MAIN, Framework.CUSTOM, Boundary.RUN_START, -1, 8);
            at(1 + epoch, MAIN, Framework.CUSTOM, Boundary.EPOCH_START, -1, Boundary.UNKNOWN);
            at(1.25 + epoch, SECOND_THREAD, Framework.CUSTOM, Boundary.RUN_START, -1, 8);
            at(1.25 + epoch, SECOND_THREAD, Framework.CUSTOM, Boundary.EPOCH_START, -1, Boundary.UNKNOWN);
            at(1.5 + epoch, MAIN, Framework.CUSTOM, Boundary.ITERATION, -1, 3);
            at(1.5 + epoch, SECOND_THREAD, Framework.CUSTOM, Boundary.ITERATION, -1, 5);
            at(1.75 + epoch, MAIN, Framework.CUSTOM, Boundary.EPOCH_END, -1, Boundary.UNKNOWN);
            at(2.0 + epoch, SECOND_THREAD, Framework.CUSTOM, Boundary.EPOCH_END, -1, Boundary.UNKNOWN);
        }
        end(6.0);

        assertThat(only().epochsDone()).isEqualTo(8);
        assertThat(only().plannedEpochs()).isEqualTo(8);
        assertThat(only().epochs()).extracting(EpochRecord::samples).containsExactly(3L, 5L, 3L, 5L, 3L, 5L, 3L, 5L);
        assertThat(only().epochs()).allSatisfy(epoch -> {
            assertThat(epoch.nanos()).isEqualTo(SECOND * 3 / 4);
            assertThat(epoch.totalMicrojoules()).isCloseTo(20_000_000, within(2L));
            assertThat(epoch.shared()).isTrue();
        });
        assertConserved();
    }

    @Test
    void countsThatAProgramGivesNeverTurnNegative() {
        drive(watts(10));
        at(1.0, Framework.CUSTOM, Boundary.EPOCH_START, -1);
        for (int i = 0; i < 3; i++) {
            at(1.5, Framework.CUSTOM, Boundary.ITERATION, -1, Long.MAX_VALUE, Double.MAX_VALUE);
        }
        at(2.0, Framework.CUSTOM, Boundary.EPOCH_END, -1);
        at(2.0, Framework.DJL, Boundary.FETCH, MODEL, Long.MAX_VALUE, Double.NaN);
        at(2.1, Framework.DJL, Boundary.FETCH, MODEL, Long.MAX_VALUE, Double.NaN);
        at(2.2, Framework.DJL, Boundary.BATCH, MODEL, Long.MAX_VALUE, Double.NaN);
        at(2.3, Framework.DJL, Boundary.ITERATION, MODEL, Boundary.UNKNOWN, Double.NaN);
        at(2.4, Framework.DJL, Boundary.ITERATION, MODEL, Boundary.UNKNOWN, Double.NaN);
        end(3.0);

        EpochRecord epoch = of(Framework.CUSTOM).epochs().get(0);
        assertThat(epoch.samples()).isEqualTo(Long.MAX_VALUE);
        assertThat(epoch.loss()).isCloseTo(Double.MAX_VALUE, withinPercentage(1e-9));
        assertThat(epoch.and(epoch).samples()).isEqualTo(Long.MAX_VALUE);
        assertThat(of(Framework.CUSTOM).samples()).isEqualTo(Long.MAX_VALUE);
        assertThat(of(Framework.DJL).samples()).isEqualTo(Long.MAX_VALUE);
        assertThat(samples(Framework.CUSTOM)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void countsTheSamplesOfABatchOnceThatTrainsInSegments() {
        drive(watts(10, 40, 10));
        at(1.0, Framework.DL4J, Boundary.RUN_START, MODEL);
        at(1.0, Framework.DL4J, Boundary.EPOCH_START, MODEL);
        at(1.1, Framework.DL4J, Boundary.SEGMENTS_START, MODEL);
        at(1.2, Framework.DL4J, Boundary.ITERATION, MODEL, 16, 0.9);
        at(1.3, Framework.DL4J, Boundary.ITERATION, MODEL, 16, 0.8);
        at(1.4, Framework.DL4J, Boundary.SEGMENTS_END, MODEL);
        at(1.5, Framework.DL4J, Boundary.SEGMENTS_START, MODEL);
        at(1.6, Framework.DL4J, Boundary.ITERATION, MODEL, 8, 0.7);
        at(1.7, Framework.DL4J, Boundary.SEGMENTS_END, MODEL, Boundary.FAILED, Double.NaN);
        at(1.8, Framework.DL4J, Boundary.ITERATION, MODEL, 4, 0.6);
        at(2.0, Framework.DL4J, Boundary.EPOCH_END, MODEL);
        at(2.0, Framework.DL4J, Boundary.RUN_END, MODEL);
        end(3.0);

        assertThat(only().iterations()).isEqualTo(4);
        assertThat(only().samples()).isEqualTo(16 + 8 + 4);
        assertThat(only().epochs().get(0).samples()).isEqualTo(16 + 8 + 4);
        assertThat(samples(Framework.DL4J)).isEqualTo(16 + 8 + 4);
        assertConserved();
    }

    @Test
    void knowsSegmentsAlsoWhereNoFitIsAroundThem() {
        drive(watts(10));
        for (int batch = 0; batch < 3; batch++) {
            at(1.0 + batch, Framework.DL4J, Boundary.SEGMENTS_START, MODEL);
            at(1.1 + batch, Framework.DL4J, Boundary.ITERATION, MODEL, 16, 0.9);
            at(1.2 + batch, Framework.DL4J, Boundary.ITERATION, MODEL, 16, 0.8);
            at(1.3 + batch, Framework.DL4J, Boundary.SEGMENTS_END, MODEL);
        }
        end(5.0);

        assertThat(only().iterations()).isEqualTo(6);
        assertThat(only().samples()).isEqualTo(3 * 16);
    }

    @Test
    void plansWhatAFitSaysOfItsEndInTheMidst() {
        drive(watts(10));
        at(1.0, Framework.DL4J, Boundary.RUN_START, MODEL);
        at(1.0, Framework.DL4J, Boundary.PLAN, OTHER, 9, Double.NaN);
        at(1.0, Framework.DL4J, Boundary.PLAN, OTHER, 6, Double.NaN);
        at(1.0, Framework.DL4J, Boundary.PLAN, OTHER, 7, Double.NaN);
        at(1.5, Framework.DL4J, Boundary.ITERATION, MODEL, 4, 0.9);
        end(2.0);

        assertThat(only().plannedEpochs()).isEqualTo(6);
    }

    @Test
    void plansUpToTheNextEpochAfterWhichAFitMayEnd() {
        drive(watts(10));
        at(1.0, Framework.DL4J, Boundary.RUN_START, MODEL, Boundary.UNKNOWN, 4.0);
        at(1.0, Framework.DL4J, Boundary.PLAN, OTHER, 6, Double.NaN);
        at(1.5, Framework.DL4J, Boundary.ITERATION, MODEL, 4, 0.9);
        end(2.0);

        assertThat(only().plannedEpochs()).as("asked after epochs 1, 5 and 9").isEqualTo(9);
    }

    @Test
    void countsThePassesOfAFitThatReportsOnlyTheirStarts() {
        drive(watts(10));
        double at = 1;
        for (int layer = 0; layer < 2; layer++) {
            at(at, Framework.DL4J, Boundary.RUN_START, MODEL, 3, Double.NaN);
            at(at, Framework.DL4J, Boundary.PASS_START, MODEL);
            // The iterator stood at its end.
            at(at, Framework.DL4J, Boundary.PASS_START, MODEL);
            for (int epoch = 0; epoch < 3; epoch++) {
                if (epoch > 0) {
                    at(at, Framework.DL4J, Boundary.PASS_START, MODEL);
                }
                at(at + 0.1, Framework.DL4J, Boundary.RUN_START, MODEL);
                at(at + 0.2, Framework.DL4J, Boundary.ITERATION, 100 + layer, 4, 0.9);
                at(at + 0.3, Framework.DL4J, Boundary.RUN_END, MODEL);
                at += 0.5;
            }
            at(at, Framework.DL4J, Boundary.RUN_END, MODEL);
        }
        end(6.0);

        assertThat(only().epochsDone()).isEqualTo(6);
        assertThat(only().plannedEpochs()).isEqualTo(6);
        assertThat(only().samples()).isEqualTo(6 * 4);
    }

    @Test
    void aSecondTrainerOfALoopHasNoneOfTheSamplesFromBeforeItsTime() {
        drive(watts(10));
        at(1.0, Framework.DJL, Boundary.PASS_START, MODEL);
        at(1.1, Framework.DJL, Boundary.FETCH, MODEL, 1_000, Double.NaN);
        at(1.2, Framework.DJL, Boundary.ITERATION, MODEL);
        at(1.5, Framework.DJL, Boundary.PASS_START, MODEL);
        at(1.6, Framework.DJL, Boundary.FETCH, MODEL, 16, Double.NaN);
        at(1.7, Framework.DJL, Boundary.ITERATION, MODEL);
        at(1.8, Framework.DJL, Boundary.ITERATION, OTHER);
        end(3.0);

        assertThat(training.snapshot().trainings())
                .extracting(TrainingRecord::samples)
                .containsExactly(1_016L, 16L);
    }

    @Test
    void partsOfABatchAddUpForTheTrainerThatTakesThem() {
        drive(watts(10));
        at(1.0, Framework.DJL, Boundary.BATCH, MODEL, 16, Double.NaN);
        at(1.1, Framework.DJL, Boundary.BATCH, MODEL);
        at(1.2, Framework.DJL, Boundary.BATCH, OTHER, 7, Double.NaN);
        at(1.3, Framework.DJL, Boundary.BATCH, MODEL, 8, Double.NaN);
        at(1.4, Framework.DJL, Boundary.ITERATION, MODEL);
        at(1.5, Framework.DJL, Boundary.ITERATION, OTHER);
        end(3.0);

        assertThat(training.snapshot().trainings())
                .extracting(TrainingRecord::samples)
                .containsExactly(24L, 7L);
    }

    @Test
    void aLoopWithLongStepsIsTakenToTrainBetweenThemWhileOthersAskItsModel() {
        drive(watts(10));
        for (int half = 2; half <= 60; half++) {
            if (half % 6 == 2) {
                at(half / 2.0, Framework.DJL, Boundary.ITERATION, MODEL);
            }
            at(half / 2.0 + 0.2, SECOND_THREAD, Framework.DJL, Boundary.INFERENCE_START, OTHER, Boundary.UNKNOWN);
            at(half / 2.0 + 0.3, SECOND_THREAD, Framework.DJL, Boundary.INFERENCE_END, OTHER, Boundary.UNKNOWN);
        }
        end(31);

        // Ten steps of 3 s; how long one takes is known after the third.
        assertThat(phase(Phase.TRAIN) + phase(Phase.INFERENCE)).isGreaterThan(7 * 3 * 10_000_000L);
        assertConserved();
    }

    @Test
    void reportsWhatWasDoneWithAModelThatNeverTrained() {
        drive(watts(10, 40, 10));
        at(1.0, Framework.DJL, Boundary.INFERENCE_START, MODEL);
        at(2.0, Framework.DJL, Boundary.INFERENCE_END, MODEL);
        end(3.0);

        assertThat(training.snapshot().trainings()).isEmpty();
        assertThat(phase(Phase.INFERENCE)).isCloseTo(40_000_000, within(2L));
        assertConserved();
    }

    private static LongUnaryOperator watts(int... wattsBySecond) {
        return nanos -> {
            double joules = 0;
            for (int second = 0; second < 100; second++) {
                double part = Math.min(1, Math.max(0, (double) nanos / SECOND - second));
                joules += part * wattsBySecond[Math.min(second, wattsBySecond.length - 1)];
            }
            return Math.round(joules * 1e6);
        };
    }

    private void drive(LongUnaryOperator... counters) {
        driven.close();
        driven = SteppedMeter.of(counters);
        training = following();
    }

    private TrainingMeter following() {
        TrainingMeter meter =
                new TrainingMeter(driven.meter(), driven, names, new TrainingNames(), 0, new TrainingObserver() {
                    @Override
                    public void epoch(EpochRecord epoch) {
                        reported.add(epoch);
                    }
                });
        meter.take(queue);
        return meter;
    }

    private void at(double second, Framework framework, Boundary boundary, int subject) {
        at(second, framework, boundary, subject, Boundary.UNKNOWN, Double.NaN);
    }

    private void at(double second, Framework framework, Boundary boundary, int subject, long size, double value) {
        driven.runTo(Math.round(second * SECOND));
        offer(Math.round(second * SECOND), framework, boundary, subject, MAIN, size, value);
        training.follow();
    }

    private void at(double second, long thread, Framework framework, Boundary boundary, int subject, long size) {
        driven.runTo(Math.round(second * SECOND));
        offer(Math.round(second * SECOND), framework, boundary, subject, thread, size, Double.NaN);
        training.follow();
    }

    private void offer(
            long nanos, Framework framework, Boundary boundary, int subject, long thread, long size, double value) {
        assertThat(queue.offer(boundary.eventOf(framework), subject, thread, SteppedMeter.instant(nanos), size, value))
                .isTrue();
    }

    private void end(double second) {
        driven.runTo(Math.round(second * SECOND));
        driven.close();
        training.finish();
    }

    private TrainingRecord only() {
        List<TrainingRecord> records = training.snapshot().trainings();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private TrainingRecord of(Framework framework) {
        return training.snapshot().trainings().stream()
                .filter(record -> record.framework() == framework)
                .findFirst()
                .orElseThrow();
    }

    private long samples(Framework framework) {
        return training.snapshot().totals(framework).samples();
    }

    private long phase(Phase phase) {
        return training.snapshot().phases().stream()
                .filter(part -> part.phase() == phase)
                .mapToLong(PhaseEnergy::totalMicrojoules)
                .sum();
    }

    private void assertConserved() {
        long run = driven.meter().microjoules();
        assertThat(training.snapshot().phases().stream()
                        .mapToLong(PhaseEnergy::totalMicrojoules)
                        .sum())
                .isEqualTo(run);
        assertThat(EnergySums.total(training.snapshot().microjoules())).isEqualTo(run);
    }
}
