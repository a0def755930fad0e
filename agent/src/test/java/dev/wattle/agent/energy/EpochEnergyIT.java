/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wattle.agent.Journal;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.training.TrainingWay;
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

/** Real trainings on a machine whose power changes from epoch to epoch: each epoch has the energy of its time. */
class EpochEnergyIT {
    private static final int EPOCHS = 5;
    private static final double TOLERANCE_PERCENT = 1;
    private static final long INTERVAL_NANOS = 5_000_000;

    @ParameterizedTest
    @MethodSource("oneWayOfEachFramework")
    void epochsHaveTheEnergyOfTheirTimeAndAllAddsUp(
            JavaHome home, TrainingWay program, String way, int copies, @TempDir Path sys, @TempDir Path ledger)
            throws Exception {
        assertEpochsAreRight(home, program, way, copies, sys, ledger);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("furtherWays")
    void epochsOfEveryOtherWayToTrainHaveTheEnergyOfTheirTime(
            JavaHome home, TrainingWay program, String way, int copies, @TempDir Path sys, @TempDir Path ledger)
            throws Exception {
        assertEpochsAreRight(home, program, way, copies, sys, ledger);
    }

    private static void assertEpochsAreRight(
            JavaHome home, TrainingWay program, String way, int copies, Path sys, Path ledger) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(sys)) {
            machine.start();
            HostRun run = program.train(
                    HostJvm.on(home)
                            .agent("interval=5ms,http=off,sources=powercap,powercap-root=" + machine.powercap()
                                    + ",ledger=" + ledger),
                    way,
                    EPOCHS,
                    copies);
            assertThat(run.exitCode()).as(run.stderr()).isZero();

            Journal journal = new Journal(ledger);
            JsonObject summary = journal.last();
            assertAddsUp(summary);
            assertCounts(run, summary);
            List<JsonObject> epochs = journal.objects().stream()
                    .filter(line -> line.get("type").getAsString().equals("epoch"))
                    .toList();
            List<Stretch> times = epochTimes(run.stdout());
            assertThat(epochs).hasSameSizeAs(times);
            for (int i = 0; i < epochs.size(); i++) {
                Stretch time = times.get(i);
                assertThat(total(epochs.get(i).getAsJsonObject("microjoules")))
                        .as("epoch " + (i + 1) + " of " + way + "\n" + run.stderr())
                        .isCloseTo(
                                machine.curves(time.beginNanos(), time.endNanos()),
                                withinPercentage(time.tolerancePercent()));
            }
        }
    }

    static Stream<Arguments> oneWayOfEachFramework() {
        return JavaHome.all().stream()
                .flatMap(home -> Stream.of(
                        Arguments.of(home, TrainingWay.DL4J, "network", 6),
                        Arguments.of(home, TrainingWay.DL4J, "samediff", 6),
                        Arguments.of(home, TrainingWay.DJL, "own", 20)));
    }

    static Stream<Arguments> furtherWays() {
        return JavaHome.all().stream()
                .flatMap(home -> Stream.of(
                        Arguments.of(home, TrainingWay.DL4J, "graph", 6),
                        Arguments.of(home, TrainingWay.DL4J, "stopping", 6),
                        Arguments.of(home, TrainingWay.DL4J, "parallel", 4),
                        Arguments.of(home, TrainingWay.DJL, "easy", 20)));
    }

    /** Device by device, to the microjoule. */
    private static void assertAddsUp(JsonObject summary) {
        JsonObject run = summary.getAsJsonObject("microjoules");
        for (String device : run.keySet()) {
            long sum = 0;
            for (JsonElement phase : summary.getAsJsonArray("phases")) {
                sum += phase.getAsJsonObject()
                        .getAsJsonObject("microjoules")
                        .get(device)
                        .getAsLong();
            }
            assertThat(sum).as(device).isEqualTo(run.get(device).getAsLong());
        }
    }

    private static void assertCounts(HostRun run, JsonObject summary) {
        assertThat(summary.getAsJsonArray("trainings")).as(run.stderr()).hasSize(1);
        JsonObject training = summary.getAsJsonArray("trainings").get(0).getAsJsonObject();
        for (String counted : List.of("epochs", "iterations", "samples")) {
            assertThat(training.get(counted).getAsLong()).as(counted).isEqualTo(printed(run.stdout(), counted));
        }
    }

    private static long printed(String stdout, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + ": (\\d+)$").matcher(stdout);
        assertThat(line.find()).as(stdout).isTrue();
        return Long.parseLong(line.group(1));
    }

    /** Begin and end of each epoch as the program saw them. */
    private static List<Stretch> epochTimes(String stdout) {
        Matcher line = Pattern.compile("(?m)^epoch times: (.*)$").matcher(stdout);
        assertThat(line.find()).as(stdout).isTrue();
        List<Stretch> times = new ArrayList<>();
        for (String epoch : line.group(1).split(" ", -1)) {
            String[] ends = epoch.split("-", -1);
            times.add(new Stretch(Long.parseLong(ends[0]), Long.parseLong(ends[1])));
        }
        return times;
    }

    private static long total(JsonObject microjoules) {
        long sum = 0;
        for (String device : microjoules.keySet()) {
            sum += microjoules.get(device).getAsLong();
        }
        return sum;
    }

    private record Stretch(long beginNanos, long endNanos) {
        /** Who writes the counters may be held up at either end, for as long as a reading and the next are apart. */
        double tolerancePercent() {
            return Math.max(TOLERANCE_PERCENT, 100.0 * 2 * INTERVAL_NANOS / (endNanos - beginNanos));
        }
    }
}
