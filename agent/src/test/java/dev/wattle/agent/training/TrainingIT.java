/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.Summary;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real trainings give the same results under the agent, and each of their iterations is counted. */
class TrainingIT {
    private static final Pattern ITERATIONS = Pattern.compile("(?m)^iterations: (\\d+)$");
    private static final String LAST_LINE = "test accuracy: ";
    private static final int EPOCHS = 3;

    @ParameterizedTest
    @MethodSource("examplesOnEveryJava")
    void trainsToTheSameResultAndIsCountedWhole(JavaHome home, Example example) {
        try (RunningHost without = example.start(HostJvm.on(home), EPOCHS);
                RunningHost with = example.start(HostJvm.on(home).agent(), EPOCHS)) {
            with.awaitStdout(LAST_LINE);
            Scrape scrape = Scrape.of(with.awaitEndpoint());
            with.endInput();
            without.endInput();
            HostRun metered = with.awaitExit();
            HostRun alone = without.awaitExit();

            assertThat(metered.stdout()).isEqualTo(alone.stdout());
            assertThat(metered.exitCode()).isEqualTo(alone.exitCode()).isZero();
            long iterations = iterations(alone.stdout());
            assertThat(scrape.sum("wattle_training_iterations_total", "framework=\"" + example.framework() + "\""))
                    .as(metered.stderr())
                    .isEqualTo(iterations);
            assertThat(Summary.of(metered).iterations(example.framework())).isEqualTo(iterations);
        }
    }

    static Stream<Arguments> examplesOnEveryJava() {
        return JavaHome.all().stream()
                .flatMap(home -> Stream.of(Example.values()).map(example -> Arguments.of(home, example)));
    }

    private static long iterations(String stdout) {
        Matcher line = ITERATIONS.matcher(stdout);
        assertThat(line.find()).as(stdout).isTrue();
        return Long.parseLong(line.group(1));
    }
}
