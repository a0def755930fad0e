/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.MetricNames;
import dev.wattle.core.boundary.TrainingNames;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.epoch.TrainingRecord;
import dev.wattle.core.sampling.SteppedMeter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loss of an epoch whose iterations have losses that are not finite. */
class LossTest {
    private static final int MODEL = 17;

    private final SteppedMeter driven = SteppedMeter.of(SteppedMeter.watts(100));
    private final BoundaryQueue queue = new BoundaryQueue(256);
    private final TrainingMeter training = new TrainingMeter(
            driven.meter(), driven, new MetricNames(), new TrainingNames(), 0, new TrainingObserver() {});

    LossTest() {
        training.take(queue);
    }

    @AfterEach
    void close() {
        driven.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Framework.class,
            names = {"DL4J", "SAMEDIFF"})
    void isWithoutBoundsOnceOneOfThemIs(Framework framework) {
        assertThat(lossOf(framework, 1, Double.POSITIVE_INFINITY, 2, 3)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(lossOf(framework, Double.NEGATIVE_INFINITY, 2)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void isNoNumberOnceAModelThatAlwaysReportsItHasDiverged() {
        assertThat(lossOf(Framework.DL4J, 1, Double.NaN)).isNaN();
        assertThat(lossOf(Framework.DL4J, Double.NaN, 1)).isNaN();
    }

    @Test
    void isTheMeanOfThoseThatWereReportedWhereNotAllAre() {
        assertThat(lossOf(Framework.SAMEDIFF, 1, Double.NaN, 3)).isEqualTo(2);
    }

    @Test
    void isAMeanOfTheLargestNumbersToo() {
        assertThat(lossOf(Framework.DL4J, Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE))
                .isEqualTo(Double.MAX_VALUE);
    }

    private double lossOf(Framework framework, double... losses) {
        offer(framework, Boundary.EPOCH_START, Double.NaN);
        for (double loss : losses) {
            driven.advanceMillis(100);
            offer(framework, Boundary.ITERATION, loss);
        }
        offer(framework, Boundary.EPOCH_END, Double.NaN);
        driven.advanceMillis(500);
        training.follow();
        TrainingRecord record = training.snapshot().trainings().get(0);
        return record.epochs().get(record.epochs().size() - 1).loss();
    }

    private void offer(Framework framework, Boundary boundary, double value) {
        queue.offer(boundary.eventOf(framework), MODEL, 1, driven.nanoTime(), Boundary.UNKNOWN, value);
    }
}
