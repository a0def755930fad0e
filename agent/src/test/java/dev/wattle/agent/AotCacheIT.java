/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.UntilInputEnds;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AOT caches of Java 24 and later, which the JVM keeps under the agent where they were recorded for it. */
class AotCacheIT {
    private static final String FROM_CACHE = UntilInputEnds.class.getName() + " source: shared objects file";

    @TempDir
    private Path directory;

    private JavaHome home = JavaHome.current();
    private Path program = Path.of("");

    @BeforeEach
    void findJava() throws IOException {
        home = JavaHome.metered().stream()
                .filter(found -> found.feature() >= 25)
                .findFirst()
                .orElse(home);
        Tools.need(home.feature() >= 25, "no Java from 25 on");
        String name = UntilInputEnds.class.getName().replace('.', '/') + ".class";
        // The JVM caches classes of jars only.
        program = new JarOf(directory.resolve("program.jar"))
                .add(name, JarOf.testClass(name))
                .write();
    }

    @Test
    void aCacheThatWasRecordedWithTheModuleOfAgentsIsKeptUnderTheAgent() {
        end(jvm("-XX:AOTCacheOutput=" + cache(), "--add-modules=java.instrument")
                .start(UntilInputEnds.class));

        assertKept();
    }

    @Test
    void aCacheThatWasRecordedUnderTheAgentIsKeptUnderIt() {
        endMetered(jvm("-XX:AOTCacheOutput=" + cache()).agent().start(UntilInputEnds.class));

        assertKept();
    }

    @Test
    void aCacheThatWasRecordedOtherwiseIsRefusedByTheJvmItself() {
        end(jvm("-XX:AOTCacheOutput=" + cache()).start(UntilInputEnds.class));

        HostRun run =
                end(jvm("-XX:AOTCache=" + cache(), "-XX:AOTMode=on").agent().start(UntilInputEnds.class));

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.stdout() + run.stderr()).contains("jdk.module.addmods");
    }

    private void assertKept() {
        HostRun run = endMetered(jvm("-XX:AOTCache=" + cache(), "-XX:AOTMode=on", "-Xlog:class+load:file=" + loads())
                .agent()
                .start(UntilInputEnds.class));

        assertThat(run.exitCode()).isZero();
        assertThat(run.stdout()).isEqualTo("the input has ended\n");
        assertThat(run.foreignLines()).noneMatch(line -> line.contains("[aot]"));
        assertThat(run.summary()).isNotEmpty();
        assertThat(loads()).content().contains(FROM_CACHE);
    }

    private HostJvm jvm(String... arguments) {
        return HostJvm.on(home).jvmArguments(arguments).classPath(program);
    }

    private static HostRun endMetered(RunningHost host) {
        try (host) {
            host.awaitEndpoint();
            host.endInput();
            return host.awaitExit();
        }
    }

    private static HostRun end(RunningHost host) {
        try (host) {
            host.endInput();
            return host.awaitExit();
        }
    }

    private Path cache() {
        return directory.resolve("program.aot");
    }

    private Path loads() {
        return directory.resolve("loads.txt");
    }
}
