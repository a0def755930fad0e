/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.program.Trivial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The way in, on every Java of this machine. */
class StartIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    @ParameterizedTest
    @MethodSource(JAVAS)
    void leavesATrivialProgramsOutputAndExitCodeAsTheyWere(JavaHome home) {
        HostRun without = HostJvm.on(home).run(Trivial.class);

        HostRun with = HostJvm.on(home).agent().run(Trivial.class);

        assertThat(with.stdout()).isEqualTo(without.stdout()).startsWith("hello from main");
        assertThat(with.exitCode()).isZero();
        assertThat(with.foreignLines()).isEqualTo(without.foreignLines());
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void passesTheExitCodeOn(JavaHome home) {
        assertThat(HostJvm.on(home).agent().run(Trivial.class, "3").exitCode()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void refusesToComeTwiceInOneLine(JavaHome home) {
        HostRun run = HostJvm.on(home).agent().agent().run(Trivial.class);

        assertThat(run.exitCode()).isZero();
        assertThat(run.wattleLines())
                .containsOnlyOnce("wattle: not metering: the agent is already in this JVM; this second one is ignored");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void refusesAnOldJavaInOneLineAndDoesNothingElse(JavaHome home, @TempDir Path directory) throws IOException {
        Path pretender = JarOf.oldJavaPretender(directory);

        HostRun run =
                HostJvm.on(home).jvmArguments("-javaagent:" + pretender).agent().run(Trivial.class);

        assertThat(run.exitCode()).isZero();
        assertThat(run.stdout()).isEqualTo("hello from main\n");
        assertThat(run.wattleLines())
                .containsExactly("wattle: not metering: this is Java 11, and the agent needs 17 or later");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void leavesTheProgramsOfTheJdkAlone(JavaHome home, String program, List<String> arguments) {
        assumeTrue(home.program(program).isPresent(), () -> home + " has no " + program);
        String[] words = arguments.toArray(String[]::new);
        HostRun without = HostJvm.on(home).runProgram(program, words);

        // Twice, because outside a tool the second one would speak up.
        String agent = "-javaagent:" + HostJvm.agentJar();
        HostRun with = HostJvm.on(home)
                .environment("JAVA_TOOL_OPTIONS", agent + " " + agent)
                .runProgram(program, words);

        assertThat(with.stdout()).isEqualTo(without.stdout());
        assertThat(with.stderrWithoutPickedUp()).isEqualTo(without.stderr());
        assertThat(with.exitCode()).isEqualTo(without.exitCode());
    }

    static Stream<Arguments> tools() {
        return JavaHome.all().stream()
                .flatMap(home -> Stream.of(
                        Arguments.of(home, "javac", List.of("-version")),
                        Arguments.of(home, "jps", List.of("-help")),
                        Arguments.of(home, "keytool", List.of("-help")),
                        Arguments.of(home, "jlink", List.of("--version"))));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void entersAProgramStartedFromItsSource(JavaHome home, @TempDir Path directory) throws IOException {
        Path source = Files.writeString(directory.resolve("Hello.java"), """
                public class Hello {
                    public static void main(String[] args) {
                        System.out.println("hello from source");
                    }
                }
                """);

        HostRun run = HostJvm.on(home).agent().agent().runJava(source.toString());

        assertThat(run.stdout()).isEqualTo("hello from source\n");
        assertThat(run.wattleLines())
                .as("the second one is refused, so the first has entered")
                .filteredOn(line -> line.contains("already in this JVM"))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void refusesToRunMergedIntoTheApplicationsJar(JavaHome home, @TempDir Path directory) throws IOException {
        Path uber = new JarOf(directory.resolve("uber.jar"))
                .manifest("Main-Class", Trivial.class.getName())
                .addAllOf(HostJvm.agentJar())
                .add(
                        "dev/wattle/agent/host/program/Trivial.class",
                        JarOf.testClass("dev/wattle/agent/host/program/Trivial.class"))
                .write();

        HostRun run = HostJvm.on(home).agent().runJava("-jar", uber.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.stdout()).isEqualTo("hello from main\n");
        assertThat(run.wattleLines()).singleElement().asString().contains("merged into another jar", "uber.jar");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void entersFromAPathWithASpaceAndAnotherAlphabet(JavaHome home, @TempDir Path directory) throws IOException {
        Path jar = Files.copy(HostJvm.agentJar(), directory.resolve("mètre d'énergie.jar"));

        HostRun run = HostJvm.on(home)
                .environment("LC_ALL", "C.UTF-8")
                .jvmArguments("-javaagent:" + jar)
                .run(Trivial.class);

        assertThat(run.exitCode()).isZero();
        assertThat(run.wattleLines()).noneMatch(line -> line.contains("not metering"));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void printsItsVersionAndUsageWhenStartedAsAProgram(JavaHome home) {
        HostRun run = HostJvm.on(home).runJava("-jar", HostJvm.agentJar().toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.stdout()).startsWith("Wattle ").contains("-javaagent:");
        assertThat(run.stderr()).isEmpty();
    }
}
