/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.program.UntilInputEnds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A processor's counter in a wrong unit: refused, said so, and the model in its place. */
class SuspectCounterIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    /** Each time a tenth of a second has passed, at 4.5 kW. */
    private static final long MICROJOULES = 450_000_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource(JAVAS)
    void theModelReplacesACounterThatCannotBeRight(JavaHome home) throws IOException {
        CounterTree tree = new CounterTree(directory);
        HostJvm host =
                HostJvm.on(home).agent("http=off,summary=full,sources=powercap,model,powercap-root=" + tree.root());
        HostRun run;
        try (RunningHost running = host.start(UntilInputEnds.class)) {
            running.awaitStderr("wattle: metering package-0 (counter)");
            try (StepWriter writer = new StepWriter(tree)) {
                running.awaitStderr("wattle: metering cpu (modelled)");
                Journal journal = new Journal(host.workingDirectory().resolve("runs"));
                running.await("energy of the model", () -> journal.tells("\"modelled\":"));
            }
            running.endInput();
            run = running.awaitExit();
        }

        assertThat(run.wattleLines())
                .filteredOn(line -> line.contains("is suspect"))
                .singleElement()
                .asString()
                .contains("package-0 (powercap)", "more than 2000 W");
        assertThat(run.wattleLines()).anyMatch(line -> line.contains("metering cpu (modelled)"));
        assertThat(run.summary())
                .anyMatch(line -> line.contains("SUSPECT (counter) after "))
                .noneMatch(line -> line.contains("no gaps"));
        Map<String, JsonObject> devices = new HashMap<>();
        for (JsonElement device :
                new Journal(run.workingDirectory().resolve("runs")).last().getAsJsonArray("devices")) {
            devices.put(device.getAsJsonObject().get("device").getAsString(), device.getAsJsonObject());
        }
        assertThat(devices.get("package-0").get("microjoules").getAsLong())
                .as("what came before there was a rate to judge by")
                .isLessThanOrEqualTo(2 * MICROJOULES);
        assertThat(devices.get("package-0").get("suspect_reason").getAsString()).contains("2000 W");
        assertThat(devices.get("cpu").get("microjoules").getAsLong()).isPositive();
        assertThat(devices.get("cpu").get("quality").getAsString()).isEqualTo("modelled");
    }

    /** Writes a step whenever a tenth of a second has passed, however late it is. */
    private static final class StepWriter implements AutoCloseable {
        private final Thread thread;
        private volatile boolean ended;

        StepWriter(CounterTree tree) {
            this.thread = new Thread(() -> write(tree), "step-writer");
            thread.setDaemon(true);
            thread.start();
        }

        private void write(CounterTree tree) {
            long began = System.nanoTime();
            long written = 0;
            while (!ended) {
                long due = (System.nanoTime() - began) / 100_000_000;
                if (due > written) {
                    tree.use(MICROJOULES * (due - written));
                    written = due;
                }
                LockSupport.parkNanos(5_000_000);
            }
        }

        @Override
        public void close() {
            ended = true;
        }
    }
}
