/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerIntegratorTest {

    private static final long BOUND = 4_000_000_000L;

    private static final long SECOND = 1_000_000_000L;
    private static final long TICK = 100_000_000L;
    private static final long MAX_GAP = SECOND;
    private static final long WATT = 1_000_000L;

    @Test
    void aConstantPowerIsPowerTimesTime() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        for (int i = 0; i <= 100; i++) {
            assertThat(integrator.accept(i * TICK, 250 * WATT, MAX_GAP)).isTrue();
        }

        assertThat(integrator.cumulativeMicrojoules()).isEqualTo(2_500 * WATT);
        assertThat(integrator.interpolatedMicrojoules()).isZero();
    }

    @Test
    void aSingleSampleIsNoEnergy() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        integrator.accept(5, 250 * WATT, MAX_GAP);

        assertThat(integrator.cumulativeMicrojoules()).isZero();
    }

    @Test
    void aRampIsExactWhateverTheSpacing() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        SplittableRandom random = new SplittableRandom(1);
        long nanos = 0;
        integrator.accept(nanos, 0, MAX_GAP);
        while (nanos < 20 * SECOND) {
            nanos = Math.min(20 * SECOND, nanos + random.nextLong(1, 900) * 1_000_000);
            integrator.accept(nanos, 30 * WATT * (nanos / 1_000_000) / 1_000, MAX_GAP);
        }

        assertThat(integrator.cumulativeMicrojoules()).isEqualTo(30 * WATT * 20 * 20 / 2);
    }

    /** A step of power falls somewhere between two samples: at most half an interval times the swing is wrong at each. */
    @Test
    void aSquareWaveIsWithinHalfAnIntervalTimesTheSwingAtEachEdge() {
        long low = 150 * WATT;
        long high = 600 * WATT;
        long step = 370_000_000L;
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        long truth = 0;
        int edges = 0;
        for (long nanos = 0; nanos <= 60 * SECOND; nanos += TICK) {
            boolean up = nanos / step % 2 == 0;
            integrator.accept(nanos, up ? high : low, MAX_GAP);
        }
        for (long start = 0; start < 60 * SECOND; start += step) {
            long end = Math.min(60 * SECOND, start + step);
            truth += (start / step % 2 == 0 ? high : low) / 1_000 * ((end - start) / 1_000_000);
            edges++;
        }

        long bound = edges * (high - low) / 20;
        assertThat(integrator.cumulativeMicrojoules()).isCloseTo(truth, within(bound));
        assertThat(integrator.cumulativeMicrojoules()).isCloseTo(truth, within(truth / 50));
    }

    @Test
    void tenMillionSamplesLoseLessThanAMicrojouleInTotal() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        SplittableRandom random = new SplittableRandom(20261122);
        BigInteger exact = BigInteger.ZERO;
        long block = 0;
        long nanos = Long.MIN_VALUE;
        long before = 0;
        for (int i = 0; i < 10_000_000; i++) {
            long elapsed = 99_999_989L + random.nextInt(7);
            long microwatts = random.nextLong(700 * WATT);
            nanos += elapsed;
            integrator.accept(nanos, microwatts, MAX_GAP);
            if (i > 0) {
                block += (before + microwatts) * elapsed;
                if (i % 32 == 0) {
                    exact = exact.add(BigInteger.valueOf(block));
                    block = 0;
                }
            }
            before = microwatts;
        }
        exact = exact.add(BigInteger.valueOf(block));

        assertThat(integrator.cumulativeMicrojoules())
                .isEqualTo(exact.divide(BigInteger.valueOf(2 * SECOND)).longValueExact());
    }

    @Test
    void theLastMicrojouleOfTinyPowersIsCarried() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        for (int i = 0; i <= 1_000_000; i++) {
            integrator.accept(i * 1_000L, 1, MAX_GAP);
        }

        assertThat(integrator.cumulativeMicrojoules()).isEqualTo(1);
    }

    @Test
    void aSampleIsDatedToTheMiddleOfItsWindow() {
        PowerIntegrator integrator = new PowerIntegrator(SECOND / 2, BOUND);
        integrator.accept(10 * SECOND, 250 * WATT, MAX_GAP);

        assertThat(integrator.nanos()).isEqualTo(10 * SECOND - SECOND / 2);
    }

    @Test
    void aGapIsFilledWithTheMeanPowerMeteredUntilThen() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        for (int i = 0; i <= 10; i++) {
            integrator.accept(i * TICK, 200 * WATT, MAX_GAP);
        }
        integrator.accept(11 * SECOND, 600 * WATT, MAX_GAP);

        assertThat(integrator.cumulativeMicrojoules()).isEqualTo((200 + 2_000) * WATT);
        assertThat(integrator.interpolatedMicrojoules()).isEqualTo(2_000 * WATT);
    }

    @Test
    void aGapRightAfterTheFirstSampleIsFilledWithWhatIsAtItsEnds() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        integrator.accept(0, 200 * WATT, MAX_GAP);
        integrator.accept(10 * SECOND, 400 * WATT, MAX_GAP);

        assertThat(integrator.cumulativeMicrojoules()).isEqualTo(3_000 * WATT);
        assertThat(integrator.interpolatedMicrojoules()).isEqualTo(3_000 * WATT);
    }

    @Test
    void whatFillsOneGapDoesNotBendTheMeanThatFillsTheNext() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        integrator.accept(0, 100 * WATT, MAX_GAP);
        integrator.accept(SECOND, 100 * WATT, MAX_GAP);
        integrator.accept(11 * SECOND, 300 * WATT, MAX_GAP);
        integrator.accept(12 * SECOND, 300 * WATT, MAX_GAP);
        integrator.accept(22 * SECOND, 300 * WATT, MAX_GAP);

        assertThat(integrator.interpolatedMicrojoules()).isEqualTo((1_000 + 2_000) * WATT);
    }

    @Test
    void samplesAsFarApartAsTheLimitLeaveNoGap() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        integrator.accept(0, 100 * WATT, MAX_GAP);
        integrator.accept(MAX_GAP, 300 * WATT, MAX_GAP);

        assertThat(integrator.cumulativeMicrojoules()).isEqualTo(200 * WATT);
        assertThat(integrator.interpolatedMicrojoules()).isZero();
    }

    @Test
    void aGapOfAYearAtTheHighestPowerDoesNotOverflow() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        long year = 365L * 86_400 * SECOND;
        integrator.accept(0, 4_000 * WATT, MAX_GAP);
        integrator.accept(SECOND, 4_000 * WATT, MAX_GAP);
        integrator.accept(SECOND + year, 4_000 * WATT, MAX_GAP);

        assertThat(integrator.cumulativeMicrojoules()).isEqualTo(4_000 * WATT * (365L * 86_400 + 1));
    }

    @Test
    void minutesBetweenSamplesAtTheHighestPowerDoNotOverflow() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        integrator.accept(0, 4_000 * WATT, 180 * SECOND);
        integrator.accept(180 * SECOND - 1, 4_000 * WATT, 180 * SECOND);

        assertThat(integrator.cumulativeMicrojoules()).isEqualTo(4_000 * WATT * 180 - 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 4_000_000_001L, 0xFFFF_FFFFL * 1_000, Long.MAX_VALUE})
    void aPowerThatCannotBeIsRejectedAndTheTrapezoidReachesAcross(long broken) {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        integrator.accept(0, 100 * WATT, MAX_GAP);

        assertThat(integrator.accept(TICK, broken, MAX_GAP)).isFalse();
        integrator.accept(2 * TICK, 100 * WATT, MAX_GAP);

        assertThat(integrator.rejected()).isEqualTo(1);
        assertThat(integrator.cumulativeMicrojoules()).isEqualTo(20 * WATT);
        assertThat(integrator.interpolatedMicrojoules()).isZero();
    }

    @Test
    void aSleepLeavesNoEnergyBehind() {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        integrator.accept(0, 100 * WATT, MAX_GAP);
        integrator.accept(SECOND, 100 * WATT, MAX_GAP);
        integrator.suspended();
        integrator.accept(2 * SECOND, 100 * WATT, MAX_GAP);
        integrator.accept(3 * SECOND, 100 * WATT, MAX_GAP);

        assertThat(integrator.cumulativeMicrojoules()).isEqualTo(200 * WATT);
        assertThat(integrator.interpolatedMicrojoules()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -SECOND})
    void aSampleThatIsNotLaterIsRejected(long later) {
        PowerIntegrator integrator = new PowerIntegrator(0, BOUND);
        integrator.accept(0, 100 * WATT, MAX_GAP);
        integrator.accept(SECOND, 100 * WATT, MAX_GAP);

        assertThat(integrator.accept(SECOND + later, 100 * WATT, MAX_GAP)).isFalse();
        assertThat(integrator.cumulativeMicrojoules()).isEqualTo(100 * WATT);
    }
}
