/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.JvmTool;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.HostileOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Root attaches to the JVM of a user who means harm, and loses nothing by it. */
class AttachSafetyIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final int ATTACKS = 6;

    private String[] nobody;
    private Path victim;

    @BeforeEach
    void placeAFileOfRoots() throws IOException {
        nobody = Tools.nobody();
        Tools.need(nobody.length > 0, "not root, so there is no second user");
        Path directory = Files.createTempDirectory("victim-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        victim = Files.writeString(directory.resolve("arguments"), "root's own\n");
    }

    @AfterEach
    void clean() throws IOException {
        Files.deleteIfExists(victim);
        Files.deleteIfExists(victim.getParent());
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void neitherWritesNorGivesAwayNorRemovesAFileThatAHostileOwnerPointsTo(JavaHome home) throws IOException {
        try (RunningHost host = hostile(home, "nothing")) {
            for (int i = 0; i < ATTACKS; i++) {
                HostRun attach = new JvmTool(home).run("attach", host.pid(), "http=off", "ledger=off");
                HostRun detach = new JvmTool(home).run("detach", host.pid());

                assertThat(victim).hasContent("root's own\n");
                assertThat(Files.getAttribute(victim, "unix:uid")).isEqualTo(0);
                assertThat(attach.stdout()).as(attach.stderr()).startsWith("metering ");
                assertThat(detach.stdout()).as(detach.stderr()).containsPattern("^" + HostRun.SUMMARY);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void endsSoonHoweverMuchIsAnswered(JavaHome home) {
        try (RunningHost host = hostile(home, "flood")) {
            HostRun attach = new JvmTool(home).run("attach", host.pid(), "http=off", "ledger=off");

            // The JVM's own answer may come first.
            assertThat(attach.stdout() + attach.stderr()).containsPattern("^metering |the answer cannot be read");
            assertThat(attach.stdout() + attach.stderr()).hasSizeLessThan(4_000);
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void printsNothingThatATerminalWouldObey(JavaHome home) {
        try (RunningHost host = hostile(home, "escape")) {
            HostRun attach = new JvmTool(home).run("attach", host.pid(), "http=off", "ledger=off");

            // The JVM's own answer may come first.
            assertThat(attach.stdout())
                    .as(attach.stderr())
                    .containsPattern("^(metering |\\?]0;owned\\?\\?\\[2J\\?\n$)");
            assertThat(attach.stdout().chars().filter(c -> Character.isISOControl(c) && c != '\n'))
                    .isEmpty();
        }
    }

    private RunningHost hostile(JavaHome home, String answer) {
        RunningHost host = HostJvm.on(home).through(nobody).start(HostileOwner.class, victim.toString(), answer);
        host.awaitStdout("ready\n");
        return host;
    }
}
