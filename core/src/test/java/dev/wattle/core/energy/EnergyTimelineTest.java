/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnergyTimelineTest {

    @Test
    void answersNotYetWhileThereIsNoRecord() {
        EnergyTimeline timeline = new EnergyTimeline(8);

        assertThat(timeline.microjoulesAt(5)).isEqualTo(EnergyTimeline.NOT_YET);
        assertThat(timeline.latestMicrojoules()).isZero();
        assertThat(timeline.size()).isZero();
    }

    @Test
    void answersARecordedInstantExactly() {
        EnergyTimeline timeline = of(8, 100, 0, 200, 7, 300, 19);

        assertThat(timeline.microjoulesAt(100)).isEqualTo(0);
        assertThat(timeline.microjoulesAt(200)).isEqualTo(7);
        assertThat(timeline.microjoulesAt(300)).isEqualTo(19);
    }

    @Test
    void interpolatesBetweenTwoRecords() {
        EnergyTimeline timeline = of(8, 100, 0, 200, 1_000);

        assertThat(timeline.microjoulesAt(125)).isEqualTo(250);
        assertThat(timeline.microjoulesBetween(125, 150)).isEqualTo(250);
    }

    @Test
    void answersNotYetAfterTheNewestRecord() {
        EnergyTimeline timeline = of(8, 100, 0, 200, 7);

        assertThat(timeline.microjoulesAt(201)).isEqualTo(EnergyTimeline.NOT_YET);
        assertThat(timeline.microjoulesBetween(150, 201)).isEqualTo(EnergyTimeline.NOT_YET);
    }

    @Test
    void answersLostBeforeTheFirstRecord() {
        EnergyTimeline timeline = of(8, 100, 0, 200, 7);

        assertThat(timeline.microjoulesAt(99)).isEqualTo(EnergyTimeline.LOST);
        assertThat(timeline.microjoulesBetween(99, 150)).isEqualTo(EnergyTimeline.LOST);
    }

    @Test
    void answersLostForWhatTheWriterHasOverwritten() {
        EnergyTimeline timeline = new EnergyTimeline(4);
        for (int i = 0; i < 10; i++) {
            timeline.append(i * 100L, i * 1_000L);
        }

        assertThat(timeline.microjoulesAt(699)).isEqualTo(EnergyTimeline.LOST);
        assertThat(timeline.microjoulesAt(700)).isEqualTo(7_000);
        assertThat(timeline.microjoulesBetween(600, 900)).isEqualTo(EnergyTimeline.LOST);
        assertThat(timeline.microjoulesBetween(750, 900)).isEqualTo(1_500);
    }

    @Test
    void theSmallestRingAnswersForItsNewestRecordAlone() {
        EnergyTimeline timeline = of(2, 100, 0, 200, 7, 300, 19);

        assertThat(timeline.microjoulesAt(300)).isEqualTo(19);
        assertThat(timeline.microjoulesAt(299)).isEqualTo(EnergyTimeline.LOST);
        assertThat(timeline.microjoulesAt(301)).isEqualTo(EnergyTimeline.NOT_YET);
    }

    @Test
    void worksWhereInstantsAreNegative() {
        EnergyTimeline timeline = of(8, -300, 0, -100, 200, 100, 400);

        assertThat(timeline.microjoulesAt(-200)).isEqualTo(100);
        assertThat(timeline.microjoulesAt(0)).isEqualTo(300);
        assertThat(timeline.microjoulesAt(-301)).isEqualTo(EnergyTimeline.LOST);
    }

    @Test
    void worksWhereNanoTimeOverflows() {
        long start = Long.MAX_VALUE - 99;
        EnergyTimeline timeline = of(8, start, 0, start + 200, 400, start + 400, 800);

        assertThat(timeline.microjoulesBetween(start + 50, start + 250)).isEqualTo(400);
        assertThat(timeline.microjoulesAt(start - 1)).isEqualTo(EnergyTimeline.LOST);
        assertThat(timeline.microjoulesAt(start + 401)).isEqualTo(EnergyTimeline.NOT_YET);
    }

    @Test
    void keepsMicrojoulesExactAtRecordsOfLargeTotals() {
        long megawattHours = 3_600_000_000_000_000L;
        EnergyTimeline timeline = of(8, 100, megawattHours + 1, 200, megawattHours + 4);

        assertThat(timeline.microjoulesBetween(100, 200)).isEqualTo(3);
        assertThat(timeline.microjoulesAt(150)).isEqualTo(megawattHours + 2);
    }

    @Test
    void knowsItsNewestRecord() {
        EnergyTimeline timeline = of(2, 100, 0, 200, 7, 300, 19);

        assertThat(timeline.latestNanos()).isEqualTo(300);
        assertThat(timeline.latestMicrojoules()).isEqualTo(19);
        assertThat(timeline.size()).isEqualTo(3);
    }

    @Test
    void refusesARecordThatIsNotLater() {
        EnergyTimeline timeline = of(8, 100, 5);

        assertThatThrownBy(() -> timeline.append(100, 6)).isInstanceOf(IllegalArgumentException.class);
        assertThat(timeline.size()).isEqualTo(1);
    }

    @Test
    void refusesARecordThatIsLower() {
        EnergyTimeline timeline = of(8, 100, 5);

        assertThatThrownBy(() -> timeline.append(200, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThat(timeline.latestMicrojoules()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {-8, 0, 1, 3, 6, 8191})
    void refusesACapacityThatIsNoPowerOfTwo(int capacity) {
        assertThatThrownBy(() -> new EnergyTimeline(capacity)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Along a straight line of 8 µJ a nanosecond every true answer is known; a torn record would leave the line. */
    @Test
    void aReaderNeverSeesATornRecordWhileTheWriterLapsIt() throws Exception {
        EnergyTimeline timeline = new EnergyTimeline(4);
        long records = 2_000_000;
        FutureTask<Long> reading = new FutureTask<>(() -> {
            long wrong = 0;
            while (timeline.size() < records) {
                long instant = timeline.latestNanos() - 5;
                long answer = timeline.microjoulesAt(instant);
                if (answer >= 0 && answer != instant * 8) {
                    wrong++;
                }
            }
            return wrong;
        });
        Thread reader = new Thread(reading, "reader");
        reader.setDaemon(true);
        reader.start();

        for (long i = 1; i <= records; i++) {
            timeline.append(i * 8, i * 64);
        }

        assertThat(reading.get()).isZero();
    }

    private static EnergyTimeline of(int capacity, long... nanosAndMicrojoules) {
        EnergyTimeline timeline = new EnergyTimeline(capacity);
        for (int i = 0; i < nanosAndMicrojoules.length; i += 2) {
            timeline.append(nanosAndMicrojoules[i], nanosAndMicrojoules[i + 1]);
        }
        return timeline;
    }
}
