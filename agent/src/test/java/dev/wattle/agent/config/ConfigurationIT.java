/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.program.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real JVM reads its configuration from all places, and meters whatever is wrong with it. */
class ConfigurationIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource(JAVAS)
    void metersOnWhateverIsWrong(JavaHome home) throws IOException {
        HostJvm host = HostJvm.on(home).withoutEnvironment("WATTLE_LEDGER").withoutEnvironment("WATTLE_HTTP");
        host.jvmArguments("-Duser.home=" + directory);
        Set<ConfigKey> wrong =
                EnumSet.complementOf(EnumSet.of(ConfigKey.HTTP_AUTH, ConfigKey.LIVE_INTENSITY_TOKEN, ConfigKey.CONFIG));
        List<String> arguments = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        int place = 0;
        for (ConfigKey key : wrong) {
            String setting = key.key() + "=" + BadValues.of(key);
            switch (place++ % 4) {
                case 0 -> arguments.add(setting);
                case 1 -> host.jvmArguments("-Dwattle." + setting);
                case 2 -> host.environment(BadValues.variable(key), BadValues.of(key));
                default -> lines.add(setting);
            }
        }
        Path file = Files.write(directory.resolve("wattle.properties"), lines);
        arguments.add("config=" + file);

        HostRun run = meter(host.agent(String.join(",", arguments)));

        for (ConfigKey key : wrong) {
            assertThat(run.wattleLines())
                    .filteredOn(line -> line.startsWith("wattle: " + key.key() + "=" + BadValues.of(key) + " (from "))
                    .singleElement()
                    .asString()
                    .contains("; allowed: " + key.allowed() + "; used instead: ");
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void metersOnWithoutItsFile(JavaHome home) {
        HostRun run = meter(HostJvm.on(home).agent("config=/no/such/file"));

        assertThat(run.wattleLines())
                .filteredOn(line -> line.contains("config=/no/such/file (the arguments) cannot be read"))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void prefersTheArgumentsThenPropertiesThenTheEnvironmentThenTheFile(JavaHome home) throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "run=d\nproject=d\nlabels=from:d\nzone=FR\nin-file=1\n");

        HostRun run = meter(HostJvm.on(home)
                .agent("run=a,in-arguments=1,config=" + file)
                .jvmArguments("-Dwattle.run=b", "-Dwattle.project=b", "-Dwattle.in-property=1")
                .environment("WATTLE_RUN", "c")
                .environment("WATTLE_PROJECT", "c")
                .environment("WATTLE_LABELS", "from:c")
                .environment("WATTLE_IN_ENVIRONMENT", "1"));

        JsonObject first = firstLine(run.workingDirectory().resolve("runs"));
        assertThat(first.get("run").getAsString()).isEqualTo("a");
        assertThat(first.get("project").getAsString()).isEqualTo("b");
        assertThat(first.getAsJsonObject("labels").get("from").getAsString()).isEqualTo("c");
        assertThat(first.getAsJsonObject("carbon").get("zone").getAsString()).isEqualTo("FR");
        for (String unknown : List.of("in-arguments", "in-property", "in-environment", "in-file")) {
            assertThat(run.wattleLines())
                    .filteredOn(line -> line.startsWith("wattle: unknown key '" + unknown + "' in "))
                    .hasSize(1);
        }
    }

    private static HostRun meter(HostJvm host) {
        try (RunningHost running = host.start(Ending.class, "return")) {
            running.awaitStderr("wattle: metering ");
            running.endInput();
            HostRun run = running.awaitExit();
            assertThat(run.exitCode()).isZero();
            assertThat(run.stdout()).isEqualTo("begun\nending by return\ngoodbye\n");
            assertThat(run.summary()).isNotEmpty();
            return run;
        }
    }

    private static JsonObject firstLine(Path runs) throws IOException {
        try (Stream<Path> files = Files.list(runs);
                Stream<String> lines = Files.lines(files.findFirst().orElseThrow())) {
            return JsonParser.parseString(lines.findFirst().orElseThrow()).getAsJsonObject();
        }
    }
}
