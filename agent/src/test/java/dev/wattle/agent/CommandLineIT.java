/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar as a program. */
class CommandLineIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "doctor --help", "attach --help"})
    void printsItsUsage(String words) {
        HostRun run = run(HostJvm.on(JavaHome.current()), words);

        assertThat(run.exitCode()).isZero();
        assertThat(run.stdout())
                .startsWith("Wattle ")
                .contains(
                        "-javaagent:",
                        "wattle-agent.jar doctor",
                        "wattle-agent.jar attach PID [key=value,...]\n",
                        "wattle-agent.jar detach PID\n",
                        "wattle-agent.jar list\n");
        assertThat(run.stderr()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"report --help, --carbon-intensity G", "compare --help, --metric NAME", "zones --help, FILTER"})
    void printsTheOptionsOfOneCommand(String words, String option) {
        HostRun run = run(HostJvm.on(JavaHome.current()), words);

        assertThat(run.exitCode()).isZero();
        assertThat(run.stdout()).contains(option).doesNotContain("-javaagent:");
        assertThat(run.stderr()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "docter, 'wattle: no command ''docter''; did you mean ''doctor''? known: attach, detach, list, doctor, zones, estimate, report, compare; see --help'",
        "attach, 'wattle: attach takes the number of a process; ''list'' shows them'",
        "attach zone=FR, 'wattle: attach takes the number of a process, not ''zone=FR'''",
        "attach -1, 'wattle: attach takes the number of a process, not ''-1'''",
        "attach 1 FR, 'wattle: attach takes key=value after the process, not ''FR'''",
        "attach 1 --zone=FR, 'wattle: attach takes key=value after the process, not ''--zone=FR'''",
        "detach, 'wattle: detach takes the number of one process; ''list'' shows them'",
        "detach 1 2, 'wattle: detach takes the number of one process, not ''1 2'''",
        "list all, 'wattle: list takes no arguments, not ''all'''",
        "zones --jsn, 'wattle: zones takes --json and a part of a name, not ''--jsn'''",
        "doctor --jsn, 'wattle: doctor takes --json and key=value, not ''--jsn'''",
        "doctor powercap, 'wattle: doctor takes --json and key=value, not ''powercap'''",
        "estimate --gpu T4 --hours -1, 'wattle: --hours takes a number above 0, not ''-1'''",
        "doctor --sources=model, 'wattle: doctor takes --json and key=value, not ''--sources=model'''"
    })
    void saysInOneLineWhatItDoesNotUnderstand(String words, String line) {
        HostRun run = run(HostJvm.on(JavaHome.current()), words);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).isEqualTo(line + "\n");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void refusesAnOldJavaInOneLine(JavaHome home, @TempDir Path directory) throws IOException {
        HostRun run = run(HostJvm.on(home).jvmArguments("-javaagent:" + JarOf.oldJavaPretender(directory)), "doctor");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).isEqualTo("wattle: this is Java 11, and the agent needs 17 or later\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void failsWhereStandardOutputCannotBeWritten() throws Exception {
        Process command = new ProcessBuilder(
                        JavaHome.current().program("java").orElseThrow().toString(),
                        "-jar",
                        HostJvm.agentJar().toString(),
                        "zones",
                        "FR")
                .redirectOutput(new File("/dev/full"))
                .start();

        assertThat(new String(command.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("standard output could not be written");
        assertThat(command.waitFor()).isEqualTo(1);
    }

    private static HostRun run(HostJvm host, String words) {
        Stream<String> jar = Stream.of("-jar", HostJvm.agentJar().toString());
        return host.runJava(Stream.concat(jar, Stream.of(words.split(" ", -1)).filter(word -> !word.isEmpty()))
                .toArray(String[]::new));
    }
}
