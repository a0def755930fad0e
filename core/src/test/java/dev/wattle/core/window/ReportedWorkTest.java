/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.TrainingEpoch;
import dev.wattle.Wattle;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.epoch.ReportedWork;
import dev.wattle.core.epoch.TrainingRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens and operations that a program reports of its epochs, on a machine that draws 100 W. */
class ReportedWorkTest {

    private final MeteredProgram program = new MeteredProgram();

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void tokensAndOperationsAddUpOverIterationsAndEpochs() {
        for (int i = 1; i <= 3; i++) {
            TrainingEpoch epoch = program.epoch("model", 3);
            program.followTo(i - 0.5);
            epoch.tokens(2_048);
            epoch.flops(1e18);
            epoch.tokens(1_024);
            program.followTo(i);
            epoch.close();
        }
        program.followTo(3.5);

        TrainingRecord training = program.training(Framework.CUSTOM);
        assertThat(training.work().tokens()).isEqualTo(3 * 3_072);
        assertThat(training.work().flops()).isCloseTo(3e18, within(1.0));
        assertThat(training.epochsDone()).isEqualTo(3);
        assertThat(training.iterations()).isZero();
    }

    @Test
    void whatIsNoAmountIsIgnoredAndSoIsAllAfterTheEnd() {
        TrainingEpoch epoch = program.epoch("model", 1);
        epoch.tokens(-5);
        epoch.tokens(0);
        epoch.flops(Double.NaN);
        epoch.flops(Double.POSITIVE_INFINITY);
        epoch.flops(-1);
        program.followTo(1);
        epoch.close();
        epoch.tokens(7);
        epoch.flops(7);
        program.followTo(2);

        assertThat(program.training(Framework.CUSTOM).work()).isEqualTo(ReportedWork.NONE);
    }

    @Test
    void aNumberOfTokensBeyondAllNumbersStaysTheLargest() {
        TrainingEpoch epoch = program.epoch("model", 1);
        epoch.tokens(Long.MAX_VALUE);
        epoch.tokens(Long.MAX_VALUE);
        program.followTo(1);
        epoch.close();
        program.followTo(2);

        assertThat(program.training(Framework.CUSTOM).work().tokens()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theTokensOfAnEpochAroundAFrameworksFitAreThoseOfTheEpoch() {
        TrainingEpoch epoch = program.epoch("model", 1);
        program.followTo(0.5);
        program.offer(program.driven().nanoTime(), Boundary.RUN_START, 1, Double.NaN);
        epoch.tokens(512);
        program.offer(program.driven().nanoTime(), Boundary.ITERATION, 1, 0.5);
        program.followTo(1.5);
        program.offer(program.driven().nanoTime(), Boundary.RUN_END, 1, Double.NaN);
        epoch.close();
        program.followTo(2);

        assertThat(program.training(Framework.CUSTOM).work().tokens()).isEqualTo(512);
        assertThat(program.training(Framework.DL4J).work()).isEqualTo(ReportedWork.NONE);
    }

    @Test
    void withoutAMeterTheCallsDoNothing() {
        TrainingEpoch epoch = Wattle.epoch("nobody meters this");

        epoch.tokens(1);
        epoch.flops(1);
        epoch.close();

        assertThat(epoch.joules()).isNaN();
    }
}
