/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.JvmTool;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import java.net.URI;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real training is metered in the midst of it and left again, and does not notice. */
class AttachTrainingIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final Pattern ENDPOINT = Pattern.compile("live at (http://\\S+/)\\R");
    private static final Pattern ITERATIONS = Pattern.compile("(?m)^ +iterations +(\\d+) \\(dl4j\\)");
    private static final Pattern EPOCH = Pattern.compile("(?m)^epoch (\\d+) .*$");

    /** More than anybody waits for: both programs are ended once enough is known. */
    private static final int EPOCHS = 100_000;

    @Tag("long")
    @ParameterizedTest
    @MethodSource(JAVAS)
    void metersAPartOfATrainingThatGivesTheSameResults(JavaHome home) {
        JvmTool tool = new JvmTool(home);
        try (RunningHost alone = Example.DL4J.start(HostJvm.on(home), EPOCHS);
                RunningHost training = Example.DL4J.start(HostJvm.on(home), EPOCHS)) {
            training.awaitStdout("epoch 2 ");

            HostRun list = tool.run("list");
            HostRun attach = tool.run("attach", training.pid(), "summary=full");
            URI endpoint = endpoint(attach);
            training.await("iterations", () -> iterations(endpoint) > 0);
            double first = iterations(endpoint);
            training.await("more of them", () -> iterations(endpoint) > first);
            HostRun detach = tool.run("detach", training.pid());
            int epochs = epochs(training).size() + 2;
            training.await("further epochs", () -> epochs(training).size() > epochs);
            alone.await("as many epochs", () -> epochs(alone).size() > epochs);

            assertThat(list.stdout()).containsPattern("(?m)^ +" + training.pid() + " +\\S+ +no +dl4j +");
            assertThat(number(ITERATIONS, detach.stdout())).as(detach.stdout()).isGreaterThanOrEqualTo((long) first);
            assertThat(epochs(training).subList(0, epochs))
                    .isEqualTo(epochs(alone).subList(0, epochs));
        }
    }

    private static List<String> epochs(RunningHost training) {
        return EPOCH.matcher(training.stdoutSoFar())
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static URI endpoint(HostRun attach) {
        Matcher endpoint = ENDPOINT.matcher(attach.stdout());
        assertThat(endpoint.find()).as(attach.stdout() + attach.stderr()).isTrue();
        return URI.create(endpoint.group(1)).resolve("/metrics");
    }

    private static double iterations(URI endpoint) {
        return Scrape.of(endpoint).sum("wattle_training_iterations_total", "framework=\"dl4j\"");
    }

    private static long number(Pattern pattern, String text) {
        Matcher line = pattern.matcher(text);
        assertThat(line.find()).as(text).isTrue();
        return Long.parseLong(line.group(1));
    }
}
