/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wattle.agent.Journal;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run's journal says of real trainings is what their programs count, however they train. */
class TrainingsIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    /** A few checkpoints' worth of what is being written. */
    private static final long NOISE_BYTES = 20_000;

    @ParameterizedTest
    @MethodSource("waysOnEveryJava")
    void countsAndKeepsApartWhatTrains(
            JavaHome home, TrainingWay program, String way, int trainings, @TempDir Path ledger) {
        HostRun run = program.train(HostJvm.on(home).agent("http=off,ledger=" + ledger), way, 3, 1);

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        JsonArray told = new Journal(ledger).last().getAsJsonArray("trainings");
        assertThat(told).as(run.stderr()).hasSize(trainings);
        for (String counted : List.of("epochs", "iterations", "samples")) {
            assertThat(sum(told, counted)).as(counted).isEqualTo(printed(run, counted));
        }
    }

    static Stream<Arguments> waysOnEveryJava() {
        return JavaHome.all().stream()
                .flatMap(home -> Stream.of(
                        Arguments.of(home, TrainingWay.DL4J, "two", 2),
                        Arguments.of(home, TrainingWay.DL4J, "failing", 1),
                        Arguments.of(home, TrainingWay.DL4J, "recurrent", 1),
                        Arguments.of(home, TrainingWay.DL4J, "recurrent_graph", 1),
                        Arguments.of(home, TrainingWay.DL4J, "recurrent_parallel", 1),
                        Arguments.of(home, TrainingWay.DL4J, "pretrained", 3),
                        Arguments.of(home, TrainingWay.DL4J, "pretrained_graph", 2),
                        Arguments.of(home, TrainingWay.DJL, "accumulating", 1),
                        Arguments.of(home, TrainingWay.DJL, "pair", 2)));
    }

    @ParameterizedTest
    @MethodSource("waysThatPlan")
    void plansTheEpochsThatTheProgramSays(
            JavaHome home, TrainingWay program, String way, List<Integer> planned, @TempDir Path ledger) {
        HostRun run = program.train(HostJvm.on(home).agent("http=off,ledger=" + ledger), way, 3, 1);

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        List<Integer> told = new ArrayList<>();
        new Journal(ledger)
                .last()
                .getAsJsonArray("trainings")
                .forEach(training -> told.add(
                        training.getAsJsonObject().get("planned_epochs").getAsInt()));
        assertThat(told).isEqualTo(planned);
        assertThat(run.stdout()).doesNotContain("wattle");
    }

    static Stream<Arguments> waysThatPlan() {
        return JavaHome.all().stream()
                .flatMap(home -> Stream.of(
                        Arguments.of(home, TrainingWay.DL4J, "stopping", List.of(3)),
                        Arguments.of(home, TrainingWay.DL4J, "parallel_stopping", List.of(3)),
                        Arguments.of(home, TrainingWay.DL4J, "pretrained", List.of(3, 3, 3)),
                        Arguments.of(home, TrainingWay.DJL, "easy", List.of(3))));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource(JAVAS)
    void leavesALoopByHandAloneWhenTheBudgetIsUsedUp(JavaHome home, @TempDir Path ledger) {
        int epochs = 150;
        HostRun run = TrainingWay.DJL.train(
                HostJvm.on(home).agent("http=off,budget=0.01s,budget-action=stop,ledger=" + ledger), "own", epochs, 1);

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stdout()).contains("last loss is a number: true");
        assertThat(printed(run, "samples") / printed(run, "epochs")).isGreaterThan(1_000);
        assertThat(printed(run, "epochs")).isEqualTo(epochs);
        assertThat(sum(new Journal(ledger).last().getAsJsonArray("trainings"), "epochs"))
                .isEqualTo(epochs);
        assertThat(run.wattleLines().stream().filter(line -> line.contains("budget of")))
                .hasSize(3)
                .satisfiesExactly(
                        half -> assertThat(half).endsWith("50 % of the budget of 0.01s is used"),
                        most -> assertThat(most).endsWith("80 % of the budget of 0.01s is used"),
                        all -> assertThat(all).contains("0.01s is used up (").endsWith("is asked to stop"));
        assertThat(run.stderr()).containsIgnoringWhitespaces("no training stopped");
    }

    @ParameterizedTest
    @MethodSource("waysOfEarlyStopping")
    void saysInTheResultOfEarlyStoppingThatTheBudgetEndedIt(JavaHome home, String way) {
        HostRun run =
                TrainingWay.DL4J.train(HostJvm.on(home).agent("http=off,budget=0.01s,budget-action=stop"), way, 40, 2);

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(printed(run, "epochs")).isLessThan(40);
        assertThat(run.stdout())
                .contains("ended by: EpochTerminationCondition, wattle: the budget of 0.01s is used up (asked at"
                        + " MaxEpochsTerminationCondition(40))");
        assertThat(run.wattleLines()).anyMatch(line -> line.contains("early stopping of dl4j was asked to end"));
        assertThat(run.stderr()).containsIgnoringWhitespaces("1 training stopped");
    }

    static Stream<Arguments> waysOfEarlyStopping() {
        return JavaHome.all().stream()
                .flatMap(home -> Stream.of("stopping", "parallel_stopping").map(way -> Arguments.of(home, way)));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource(JAVAS)
    void holdsNoMoreOfTheMeterTheMoreOftenOneBatchIsFitted(JavaHome home, @TempDir Path ledger) {
        try (RunningHost host =
                TrainingWay.DL4J.start(HostJvm.on(home).agent("http=off,ledger=" + ledger), "single", 1, 1)) {
            host.awaitStdout("fits: 2000\n");
            long early = metersBytes(home, host);
            host.awaitStdout("fits: 10000\n");
            long late = metersBytes(home, host);
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(run.exitCode()).as(run.stderr()).isZero();
            assertThat(sum(new Journal(ledger).last().getAsJsonArray("trainings"), "iterations"))
                    .isEqualTo(10_000);
            assertThat(late).isBetween(1L, early + NOISE_BYTES);
        }
    }

    /** What all live objects of the meter's own classes take. */
    private static long metersBytes(JavaHome home, RunningHost host) {
        String histogram = HostJvm.on(home)
                .runProgram("jcmd", Long.toString(host.pid()), "GC.class_histogram")
                .stdout();
        return Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +dev\\.wattle\\.(core|agent|probes)\\.")
                .matcher(histogram)
                .results()
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .sum();
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("waysThatCanBeEnded")
    void endsTrainingByItsFrameworksOwnMeansWhenTheBudgetIsUsedUp(
            JavaHome home, TrainingWay program, String way, int copies, @TempDir Path ledger) {
        int planned = 500;
        HostRun run = program.train(
                HostJvm.on(home).agent("http=off,budget=4s,budget-action=stop,ledger=" + ledger), way, planned, copies);

        assertThat(run.exitCode()).as(run.stderr()).isZero();
        JsonObject summary = new Journal(ledger).last();
        long epochs = printed(run, "epochs");
        assertThat(epochs).isBetween(1L, planned - 1L);
        assertThat(sum(summary.getAsJsonArray("trainings"), "epochs")).isEqualTo(epochs);
        assertThat(summary.getAsJsonObject("budget").get("used_ratio").getAsDouble())
                .isGreaterThan(1);
        assertThat(sum(summary.getAsJsonArray("trainings"), "planned_epochs")).isEqualTo(epochs);
        assertThat(run.stderr()).doesNotContain("\n  projection ");
        assertThat(run.wattleLines().stream().filter(line -> line.contains("budget")))
                .hasSize(3);
    }

    static Stream<Arguments> waysThatCanBeEnded() {
        return JavaHome.all().stream()
                .flatMap(home -> Stream.of(
                        Arguments.of(home, TrainingWay.DL4J, "stopping", 2),
                        Arguments.of(home, TrainingWay.DJL, "easy", 2)));
    }

    private static long sum(JsonArray trainings, String counted) {
        long sum = 0;
        for (JsonElement training : trainings) {
            sum += training.getAsJsonObject().get(counted).getAsLong();
        }
        return sum;
    }

    private static long printed(HostRun run, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + ": (\\d+)$").matcher(run.stdout());
        assertThat(line.find()).as(run.stdout() + run.stderr()).isTrue();
        return Long.parseLong(line.group(1));
    }
}
