/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static dev.wattle.agent.HostAssertions.assertUndisturbed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.TwoRuns;
import dev.wattle.agent.host.program.Guarded;
import dev.wattle.agent.host.program.OwnJna;
import dev.wattle.agent.host.program.OwnLogManager;
import dev.wattle.agent.host.program.OwnStreams;
import dev.wattle.agent.host.program.ThreadCensus;
import dev.wattle.agent.host.program.Trivial;
import dev.wattle.agent.host.program.UntilInputEnds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program sets up for itself is as it left it. */
class ProgramHabitsIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final int LAST_WITH_SECURITY_MANAGER = 23;

    @ParameterizedTest
    @MethodSource(JAVAS)
    void writesNothingIntoStreamsThatTheProgramMadeItsOwn(JavaHome home) {
        HostRun run = assertUndisturbed(TwoRuns.of(() -> HostJvm.on(home), "", OwnStreams.class));

        assertThat(run.stdout()).isEqualTo("taken: ''\n");
        assertThat(run.summary()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void leavesTheChoiceOfALogManagerToTheProgram(JavaHome home) {
        HostRun run = assertUndisturbed(TwoRuns.of(() -> HostJvm.on(home), "http=off", OwnLogManager.class));

        assertThat(run.stdout()).isEqualTo("Chosen\n");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void leavesTheChoiceOfALogManagerToTheProgramWithAnEndpointToo(JavaHome home) {
        HostRun run = assertUndisturbed(TwoRuns.of(() -> HostJvm.on(home), "http=0", OwnLogManager.class));

        assertThat(run.stdout()).isEqualTo("Chosen\n");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void leavesTheProgramItsOwnJnaAndTheSettingsOfIt(JavaHome home) {
        Path jna = HostJvm.unpackedJna();
        Path natives = jna.resolve("com/sun/jna/linux-x86-64");
        Tools.need(Files.isDirectory(natives), "no JNA for this processor beside the agent");

        HostRun run = assertUndisturbed(TwoRuns.of(
                () -> HostJvm.on(home)
                        .classPath(HostJvm.testClasses(), jna)
                        .jvmArguments(
                                "-Djna.boot.library.path=" + natives, "-Djna.nounpack=true", "-Djna.noclasspath=true"),
                "",
                OwnJna.class));

        assertThat(run.stdout()).contains("pointer: 8");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void addsOnlyDaemonThreadsOfItsNameAndLeavesTheClassLoaderOfTheOthers(JavaHome home) {
        TwoRuns runs = TwoRuns.of(() -> HostJvm.on(home), "http=0", ThreadCensus.class);

        assertThat(runs.with().stdout())
                .isEqualTo(runs.without().stdout())
                .contains("of the meter, not daemon: []", "loader is the system's: true", "a child's too: true");
        assertThat(runs.with().foreignLines())
                .singleElement()
                .asString()
                .contains("wattle-agent", "wattle-sampler", "wattle-http");
    }

    @ParameterizedTest
    @MethodSource("javasWithSecurityManager")
    void continuesUnderASecurityManagerThatForbidsEverything(JavaHome home) {
        HostRun run = assertUndisturbed(
                TwoRuns.of(() -> HostJvm.on(home).jvmArguments("-Djava.security.manager=allow"), "", Guarded.class));

        assertThat(run.stdout()).isEqualTo("forbidden\n");
    }

    @ParameterizedTest
    @MethodSource("javasWithSecurityManager")
    void staysOutInOneLineWhereASecurityManagerForbidsEverythingFromTheStart(JavaHome home) {
        HostRun run =
                HostJvm.on(home).jvmArguments("-Djava.security.manager").agent().run(Trivial.class);

        assertThat(run.exitCode()).isZero();
        assertThat(run.stdout()).isEqualTo("hello from main\n");
        assertThat(run.wattleLines())
                .singleElement()
                .asString()
                .startsWith("wattle: not metering: ")
                .contains("grant codeBase ", "java.security.AllPermission");
    }

    @ParameterizedTest
    @MethodSource("javasWithSecurityManager")
    void metersUnderASecurityManagerWhosePolicyLetsItIn(JavaHome home) throws IOException {
        HostJvm host = HostJvm.on(home);
        Path policy = Files.writeString(
                host.workingDirectory().resolve("policy"),
                "grant codeBase \"" + HostJvm.agentJar().toUri() + "\" { permission java.security.AllPermission; };\n");
        try (RunningHost running = host.jvmArguments("-Djava.security.manager", "-Djava.security.policy=" + policy)
                .agent()
                .start(UntilInputEnds.class)) {
            running.awaitEndpoint();
            running.endInput();

            assertThat(running.awaitExit().summary()).isNotEmpty();
        }
    }

    static List<JavaHome> javasWithSecurityManager() {
        return JavaHome.all().stream()
                .filter(home -> home.feature() <= LAST_WITH_SECURITY_MANAGER)
                .toList();
    }
}
