/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training program that is an explicit module. */
class ModulePathIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    @TempDir
    static Path module;

    @BeforeAll
    static void compile() {
        Path sources = HostJvm.testClasses().resolve("modular-training");
        int exitCode = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--release",
                        "17",
                        "-d",
                        module.toString(),
                        sources.resolve("module-info.java").toString(),
                        sources.resolve("app/Train.java").toString(),
                        sources.resolve("app/Peek.java").toString(),
                        sources.resolve("ai/djl/training/Trainer.java").toString());
        assertThat(exitCode).isZero();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void countsIterationsInAModuleThatDoesNotReadTheClassPath(JavaHome home) {
        HostRun run = HostJvm.on(home).agent().runJava("-p", module.toString(), "-m", "modular.training/app.Train");

        assertThat(run.stdout()).isEqualTo("heard\n");
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void keepsTheModulesClassesOutOfTheAgentsLoader(JavaHome home) {
        HostRun run = HostJvm.on(home)
                .agent()
                .runJava(
                        "-p",
                        module.toString(),
                        "-m",
                        "modular.training/app.Peek",
                        HostJvm.agentJar().toString());

        assertThat(run.stdout()).isEqualTo("platform loader sees app.Peek\nagent's loader sees nothing\n");
    }
}
