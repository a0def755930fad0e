/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static dev.wattle.agent.HostAssertions.assertUndisturbed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.TwoRuns;
import dev.wattle.agent.host.program.OwnHttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that brings its own HTTP server ends as it would alone, and the endpoint is served by another one. */
class OwnHttpServerIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final String PROVIDER = OwnHttpServer.Provider.class.getName();

    @ParameterizedTest
    @MethodSource(JAVAS)
    void leavesAServerThatAPropertyNamesToTheProgram(JavaHome home) {
        String property = "-Dcom.sun.net.httpserver.HttpServerProvider=" + PROVIDER;

        assertServerIsThePrograms(
                TwoRuns.of(() -> HostJvm.on(home).jvmArguments(property), "http=0", OwnHttpServer.class));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void leavesAServerOnTheClassPathToTheProgram(JavaHome home, @TempDir Path directory) throws IOException {
        Path service = new JarOf(directory.resolve("server.jar"))
                .add(
                        "META-INF/services/com.sun.net.httpserver.spi.HttpServerProvider",
                        PROVIDER.getBytes(StandardCharsets.UTF_8))
                .write();

        assertServerIsThePrograms(TwoRuns.of(
                () -> HostJvm.on(home).classPath(HostJvm.testClasses(), service), "http=0", OwnHttpServer.class));
    }

    private static void assertServerIsThePrograms(TwoRuns runs) {
        HostRun run = assertUndisturbed(runs);

        assertThat(run.stdout()).isEqualTo(OwnHttpServer.class.getName() + "$Server\nservers made: 1\n");
        assertThat(run.wattleLines()).anyMatch(line -> line.contains("; live at http://127.0.0.1:"));
        assertThat(run.summary()).isNotEmpty();
    }
}
