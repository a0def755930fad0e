/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.program.RecordedTraining;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the bridge is told of real trainings is what their programs count themselves. */
class BoundariesIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final int EPOCHS = 3;

    @ParameterizedTest
    @MethodSource("dl4jWays")
    void reportsTheEpochsIterationsAndSamplesOfDeeplearning4j(JavaHome home, String way) {
        Run run = Run.of(home, TrainingWay.DL4J, way, EPOCHS);

        assertThat(run.told.epochs()).isEqualTo(run.printed("epochs"));
        assertThat(run.told.count(Boundary.ITERATION)).isEqualTo(run.printed("iterations"));
        assertThat(run.told.sizes(Boundary.ITERATION)).isEqualTo(run.printed("samples"));
        assertThat(run.told.unmatched()).isEmpty();
        assertThat(run.told.of(Boundary.ITERATION))
                .allMatch(line -> line.framework() == Framework.DL4J && line.value() > 0);
    }

    static Stream<Arguments> dl4jWays() {
        return onEveryJava("network", "graph", "stopping", "parallel", "parallel_stopping", "two", "failing");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void reportsThePlannedEpochsAndTheEvaluation(JavaHome home) {
        Told told = Run.of(home, TrainingWay.DL4J, "network", EPOCHS).told;

        assertThat(told.of(Boundary.RUN_START))
                .singleElement()
                .satisfies(line -> assertThat(line.size()).isEqualTo(EPOCHS));
        assertThat(told.count(Boundary.VALIDATION_START)).isEqualTo(1);
        assertThat(told.count(Boundary.INFERENCE_START)).isZero();
        assertThat(told.lines().stream().map(Told.Line::subject).distinct()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void reportsAFitThatAnExceptionEnded(JavaHome home) {
        Told told = Run.of(home, TrainingWay.DL4J, "failing", EPOCHS).told;

        assertThat(told.failed(Boundary.RUN_END)).isEqualTo(1);
        assertThat(told.failed(Boundary.EPOCH_END)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void separatesTheWorkersOfAParallelWrapperFromOtherRuns(JavaHome home) {
        Told told = Run.of(home, TrainingWay.DL4J, "parallel", EPOCHS).told;
        int wrapper = told.of(Boundary.EPOCH_START).findFirst().orElseThrow().subject();
        List<Long> workers =
                told.of(Boundary.ITERATION).map(Told.Line::thread).distinct().toList();

        assertThat(workers)
                .hasSizeGreaterThan(1)
                .allSatisfy(worker -> assertThat(told.lines().stream()
                                .filter(line -> line.thread() == worker)
                                .findFirst())
                        .hasValueSatisfying(first -> assertThat(first)
                                .extracting(Told.Line::boundary, Told.Line::subject)
                                .containsExactly(Boundary.WORKER_START, wrapper)));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource(JAVAS)
    void reportsOneRunAnIterationWhereOneBatchIsFittedOverAndOver(JavaHome home) {
        Run run = Run.of(home, TrainingWay.DL4J, "single", EPOCHS);

        assertThat(run.told.count(Boundary.ITERATION)).isEqualTo(run.printed("iterations"));
        assertThat(run.told.count(Boundary.RUN_START)).isEqualTo(run.printed("iterations"));
        assertThat(run.told.sizes(Boundary.ITERATION)).isEqualTo(run.printed("samples"));
        assertThat(run.told.epochs()).isZero();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void endsEarlyStoppingAfterTheEpochInWhichItIsAskedTo(JavaHome home) {
        Run run = Run.stopped(home, TrainingWay.DL4J, "stopping", 50, 2, Boundary.EPOCH_END);

        assertThat(run.printed("epochs")).isEqualTo(2);
        assertThat(run.told.epochs()).isEqualTo(2);
        assertThat(run.host.stdout()).contains("ended by: EpochTerminationCondition");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void reportsTheEpochsIterationsAndSamplesOfSameDiff(JavaHome home) {
        Run run = Run.of(home, TrainingWay.DL4J, "samediff", EPOCHS);

        assertThat(run.told.epochs()).isEqualTo(run.printed("epochs"));
        assertThat(run.told.count(Boundary.ITERATION)).isEqualTo(run.printed("iterations"));
        assertThat(run.told.sizes(Boundary.ITERATION)).isEqualTo(run.printed("samples"));
        assertThat(run.told.unmatched()).isEmpty();
        assertThat(run.told.of(Boundary.RUN_START))
                .singleElement()
                .satisfies(line -> assertThat(line.size()).isEqualTo(EPOCHS));
        assertThat(run.told.count(Boundary.VALIDATION_START))
                .as("in the fit, and of the whole")
                .isEqualTo(EPOCHS + 1);
        assertThat(run.told.count(Boundary.INFERENCE_START)).isZero();
        assertThat(run.told.of(Boundary.ITERATION))
                .allMatch(line -> line.framework() == Framework.SAMEDIFF)
                // The library's own curve of losses holds nothing but zeros.
                .allMatch(line -> line.value() != 0);
        assertThat(run.told.lines().stream()
                        .filter(line -> line.framework() == Framework.SAMEDIFF)
                        .map(Told.Line::subject)
                        .distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("djlWays")
    void reportsTheEpochsIterationsAndSamplesOfDjl(JavaHome home, String way, int trainers) {
        Run run = Run.of(home, TrainingWay.DJL, way, EPOCHS);

        assertThat(run.told.trainingPasses()).isEqualTo(run.printed("epochs"));
        assertThat(run.told.count(Boundary.ITERATION)).isEqualTo(run.printed("iterations"));
        assertThat(run.told.samples()).isEqualTo(run.printed("samples"));
        assertThat(run.told.unmatched()).isEmpty();
        assertThat(run.told.of(Boundary.ITERATION).map(Told.Line::subject).distinct())
                .hasSize(trainers);
        assertThat(run.told.count(Boundary.CLOSE)).isEqualTo(trainers);
    }

    static Stream<Arguments> djlWays() {
        return JavaHome.all().stream()
                .flatMap(home -> Stream.of(
                        Arguments.of(home, "easy", 1), Arguments.of(home, "own", 1), Arguments.of(home, "pair", 2)));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void reportsTheFiguresThatEasyTrainComputed(JavaHome home) {
        Run run = Run.of(home, TrainingWay.DJL, "easy", EPOCHS);

        assertThat(run.told.figures())
                .containsOnlyKeys("loss", "accuracy", "validation_loss", "validation_accuracy")
                .allSatisfy((name, value) -> assertThat(value).isCloseTo(run.figure(name), offset(1e-5)));
        assertThat(run.told.count(Boundary.METRIC)).isEqualTo(4 * EPOCHS);
        assertThat(run.told.count(Boundary.VALIDATION_START)).isPositive();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void endsEasyTrainAfterTheEpochInWhichItIsAskedTo(JavaHome home) {
        Run run = Run.stopped(home, TrainingWay.DJL, "easy", 50, 60, Boundary.ITERATION);

        assertThat(run.printed("epochs")).isEqualTo(2);
        assertThat(run.figure("validation_accuracy")).isPositive();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void neverEndsALoopByHand(JavaHome home) {
        Run run = Run.stopped(home, TrainingWay.DJL, "own", 4, 60, Boundary.ITERATION);

        assertThat(run.printed("epochs")).isEqualTo(4);
        assertThat(run.told.count(Boundary.ITERATION))
                .isEqualTo(run.printed("iterations"))
                .isGreaterThan(2 * 60);
        assertThat(run.host.stdout()).contains("last loss is a number: true");
    }

    private static Stream<Arguments> onEveryJava(String... ways) {
        return JavaHome.all().stream().flatMap(home -> Stream.of(ways).map(way -> Arguments.of(home, way)));
    }

    /** One run of a program, what it printed and what the bridge was told. */
    private record Run(HostRun host, Told told) {
        static Run of(JavaHome home, TrainingWay program, String way, int epochs) {
            return stopped(home, program, way, epochs, 0, Boundary.CLOSE);
        }

        /** Asks training to stop after so many boundaries of that kind. */
        static Run stopped(JavaHome home, TrainingWay program, String way, int epochs, int count, Boundary kind) {
            HostJvm jvm = HostJvm.on(home).jvmArguments("-Xverify:all").agent();
            HostRun host = program.run(
                    jvm,
                    RecordedTraining.class,
                    "told.txt",
                    program.firstClass(),
                    Integer.toString(count),
                    Integer.toString(kind.ordinal()),
                    program.mainClass(),
                    way,
                    Integer.toString(epochs));
            assertThat(host.exitCode()).as(host.stderr()).isZero();
            assertThat(host.stdout()).as(host.stderr()).contains("bridge failures: 0");
            assertThat(host.wattleLines())
                    .noneMatch(line -> line.contains("in part only") || line.contains("not metered"));
            return new Run(host, Told.read(host.workingDirectory().resolve("told.txt")));
        }

        long printed(String name) {
            Matcher line = Pattern.compile("(?m)^" + name + ": (\\d+)$").matcher(host.stdout());
            assertThat(line.find()).as(host.stdout()).isTrue();
            return Long.parseLong(line.group(1));
        }

        double figure(String name) {
            Matcher word = Pattern.compile("[: ]" + name + " ([0-9.]+)").matcher(host.stdout());
            assertThat(word.find()).as(host.stdout()).isTrue();
            return Double.parseDouble(word.group(1));
        }
    }
}
