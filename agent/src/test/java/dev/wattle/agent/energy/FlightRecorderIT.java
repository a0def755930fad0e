/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattle.agent.Journal;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.program.OwnWindows;
import dev.wattle.agent.host.program.RecordingsToTheEnd;
import dev.wattle.agent.host.program.UntilInputEnds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a recording holds of known powers, of windows and of epochs. */
@Tag("long")
class FlightRecorderIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    /** Of package-0, once its curve has begun. */
    private static final double WATTS = 150;

    @ParameterizedTest
    @MethodSource(JAVAS)
    void aRecordingFromTheStartHoldsThePowersTheWindowsAndTheEpochs(JavaHome home, @TempDir Path sys) throws Exception {
        HostRun run;
        try (DrivenMachine machine = DrivenMachine.start(sys)) {
            machine.start();
            run = host(home, machine)
                    .jvmArguments("-XX:StartFlightRecording:filename=run.jfr,+wattle.Iteration#enabled=true")
                    .run(OwnWindows.class, "metered");
        }
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        List<RecordedEvent> events =
                RecordingFile.readAllEvents(run.workingDirectory().resolve("run.jfr"));

        assertThat(events).filteredOn(FlightRecorderIT::isOfPackage0).hasSizeGreaterThan(2);
        assertPowers(events);
        assertWindows(events, ToldWindow.in(run.stdout()));
        assertThat(named(events, "wattle.Epoch")).hasSize(2).allSatisfy(epoch -> {
            assertThat(epoch.getString("framework")).isEqualTo("custom");
            assertThat(epoch.getLong("iterations")).isEqualTo(5);
            assertThat(epoch.getLong("samples")).isEqualTo(5 * 64);
            assertThat(epoch.getString("metrics")).isEqualTo("accuracy=0.9");
            assertThat(epoch.getDuration("length")).isGreaterThanOrEqualTo(Duration.ofMillis(500));
            assertThat(epoch.getLong("microjoules")).isPositive();
        });
        assertThat(named(events, "wattle.Iteration"))
                .extracting(iteration -> iteration.getLong("iteration"))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void aRecordingThatIsStartedLaterHoldsThePowers(JavaHome home, @TempDir Path sys) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(sys);
                RunningHost running = host(home, machine).start(UntilInputEnds.class)) {
            machine.start();
            running.awaitStderr("wattle: metering ");
            String pid = Long.toString(running.pid());
            HostJvm tools = HostJvm.on(home);
            Path dump = tools.workingDirectory().resolve("dump.jfr");
            assertThat(HostJvm.on(home)
                            .runProgram("jcmd", pid, "JFR.start", "name=asked")
                            .stdout())
                    .contains("Started recording");
            running.await("three powers in a dump", () -> isOfPackage0Thrice(HostJvm.on(home), pid, dump));
            HostRun stopped = tools.runProgram("jcmd", pid, "JFR.stop", "name=asked");
            assertThat(stopped.stdout()).contains("Stopped recording");
            running.endInput();
            HostRun run = running.awaitExit();

            assertThat(run.exitCode()).as(run.stderr()).isZero();
            assertThat(run.stdout()).isEqualTo("the input has ended\n");
            assertPowers(RecordingFile.readAllEvents(dump));
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void aRecordingThatIsBeingStoppedAsTheProgramEndsTakesNothingFromItsEnd(JavaHome home, @TempDir Path sys)
            throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(sys);
                RunningHost running = host(home, machine)
                        .jvmArguments("-XX:StartFlightRecording:name=asked,filename=run.jfr")
                        .start(UntilInputEnds.class)) {
            machine.start();
            running.awaitStderr("wattle: metering ");
            // The recorder may start after the meter, and a JVM whose recording is stopped before then does not start.
            running.awaitStdout("Started recording");
            HostJvm tools = HostJvm.on(home);
            Thread stop =
                    new Thread(() -> tools.runProgram("jcmd", Long.toString(running.pid()), "JFR.stop", "name=asked"));
            stop.start();

            running.endInput();

            assertWholeEnd(running.awaitExit());
            stop.join();
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void recordingsThatStartAndStopAllTheTimeTakeNothingFromTheEnd(JavaHome home, @TempDir Path sys) throws Exception {
        try (DrivenMachine machine = DrivenMachine.start(sys);
                RunningHost running = host(home, machine).start(RecordingsToTheEnd.class)) {
            machine.start();
            running.awaitStderr("wattle: metering ");

            running.endInput();

            assertWholeEnd(running.awaitExit());
        }
    }

    private static void assertWholeEnd(HostRun run) {
        assertThat(run.exitCode()).as(run.stderr()).isZero();
        assertThat(run.stdout()).endsWith("the input has ended\n");
        assertThat(run.summary()).as(run.stderr()).anyMatch(line -> line.contains(".jsonl"));
        assertThat(run.wattleLines()).noneMatch(line -> line.contains("could not be") || line.contains("too busy"));
        assertThat(new Journal(run.workingDirectory().resolve("runs"))
                        .last()
                        .get("type")
                        .getAsString())
                .isEqualTo("summary");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void withoutARecordingTheRecorderIsNotTouched(JavaHome home) {
        HostJvm host = HostJvm.on(home).agent("http=off").jvmArguments("-Xlog:class+load:file=classes.txt");
        try (RunningHost running = host.start(UntilInputEnds.class)) {
            Path classes = host.workingDirectory().resolve("classes.txt");
            running.await(
                    "the listener",
                    () -> loaded(classes).stream()
                            .anyMatch(line -> line.contains("jdk.jfr.internal.PlatformRecorder ")));
            running.endInput();
            running.awaitExit();

            assertThat(loaded(classes))
                    .anyMatch(line -> line.contains("dev.wattle.agent.jfr.JfrConnection"))
                    .noneMatch(line -> line.contains("dev.wattle.agent.jfr.PowerEvent"))
                    .noneMatch(line -> line.contains("jdk.jfr.internal.MetadataRepository"))
                    .filteredOn(line -> line.contains(" jdk.jfr."))
                    .hasSizeLessThan(40);
        }
    }

    private static List<String> loaded(Path classes) {
        try {
            return Files.readAllLines(classes);
        } catch (IOException notThere) {
            return List.of();
        }
    }

    /** What a tool shows beside a figure comes from here. */
    @Tag("long")
    @Test
    void everyFieldHasALabelAndEveryQuantityItsUnit(@TempDir Path sys) throws Exception {
        HostRun run;
        try (DrivenMachine machine = DrivenMachine.start(sys)) {
            run = host(JavaHome.current(), machine)
                    .jvmArguments("-XX:StartFlightRecording:filename=run.jfr")
                    .run(OwnWindows.class, "metered");
        }
        try (RecordingFile file = new RecordingFile(run.workingDirectory().resolve("run.jfr"))) {
            var types = file.readEventTypes().stream()
                    .filter(type -> type.getName().startsWith("wattle."))
                    .toList();
            assertThat(types)
                    .extracting(type -> type.getName().substring("wattle.".length()))
                    .containsExactlyInAnyOrder("Power", "Gap", "Epoch", "Iteration", "Window", "Budget");
            assertThat(types).allSatisfy(type -> {
                assertThat(type.getLabel()).isNotBlank();
                assertThat(type.getDescription()).isNotBlank();
                assertThat(type.getCategoryNames()).first().isEqualTo("Wattle");
                assertThat(own(type.getFields()))
                        .allSatisfy(field ->
                                assertThat(field.getLabel()).as(field.getName()).isNotBlank());
            });
            List<ValueDescriptor> fields = types.stream()
                    .flatMap(type -> own(type.getFields()).stream())
                    .toList();
            assertUnit(fields, "watts", "wattle.Watts");
            assertUnit(fields, "joules", "wattle.Joules");
            assertUnit(fields, "microjoules", "wattle.Microjoules");
            assertUnit(fields, "length", Timespan.class.getName());
            assertUnit(fields, "began", "jdk.jfr.Timestamp");
        }
    }

    private static HostJvm host(JavaHome home, DrivenMachine machine) {
        return HostJvm.on(home).agent("sources=powercap,http=off,powercap-root=" + machine.powercap());
    }

    private static boolean isOfPackage0Thrice(HostJvm tools, String pid, Path dump) {
        tools.runProgram("jcmd", pid, "JFR.dump", "name=asked", "filename=" + dump);
        try {
            return RecordingFile.readAllEvents(dump).stream()
                            .filter(FlightRecorderIT::isOfPackage0)
                            .count()
                    >= 3;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static void assertPowers(List<RecordedEvent> events) {
        List<RecordedEvent> powers =
                events.stream().filter(FlightRecorderIT::isOfPackage0).toList();
        RecordedEvent first = powers.get(0);
        RecordedEvent last = powers.get(powers.size() - 1);
        assertThat(last.getString("component")).isEqualTo("cpu");
        assertThat(last.getString("quality")).isEqualTo("counter");
        double[] watts = powers.stream()
                .mapToDouble(power -> power.getDouble("watts"))
                .sorted()
                .toArray();
        assertThat(watts[watts.length / 2]).isEqualTo(WATTS, within(0.1 * WATTS));
        double seconds =
                Duration.between(first.getStartTime(), last.getStartTime()).toNanos() * 1e-9;
        double joules = (last.getLong("microjoules") - first.getLong("microjoules")) * 1e-6;
        // Each total is as old as the last reading.
        assertThat(joules).isEqualTo(WATTS * seconds, within(WATTS * 0.3));
    }

    private static void assertWindows(List<RecordedEvent> events, List<ToldWindow> told) {
        assertThat(told).hasSize(3);
        List<RecordedEvent> recorded = named(events, "wattle.Window");
        assertThat(recorded)
                .extracting(window -> window.getString("name"))
                .containsExactlyInAnyOrder("outer", "overlapping", "inner", "moment");
        for (ToldWindow window : told) {
            assertThat(recorded)
                    .filteredOn(event -> event.getString("name").equals(window.name()))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.getDouble("joules")).isEqualTo(window.joules(), within(1e-6));
                        assertThat(event.getLong("microjoules")).isEqualTo(Math.round(window.joules() * 1e6));
                        assertThat(event.getBoolean("belowResolution")).isFalse();
                        assertThat(event.getInstant("began")).isBefore(event.getStartTime());
                    });
        }
        assertThat(recorded)
                .filteredOn(event -> event.getString("name").equals("moment"))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.getBoolean("belowResolution")).isTrue());
    }

    private static void assertUnit(List<ValueDescriptor> fields, String name, String annotation) {
        List<ValueDescriptor> found =
                fields.stream().filter(field -> field.getName().equals(name)).toList();
        assertThat(found)
                .as(name)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.getAnnotationElements())
                        .anyMatch(element -> element.getTypeName().equals(annotation)));
    }

    private static boolean isOfPackage0(RecordedEvent event) {
        return event.getEventType().getName().equals("wattle.Power")
                && event.getString("device").equals("package-0");
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    private static List<ValueDescriptor> own(List<ValueDescriptor> fields) {
        return fields.stream()
                .filter(field -> Stream.of("startTime", "duration", "eventThread", "stackTrace")
                        .noneMatch(field.getName()::equals))
                .toList();
    }
}
