/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.premain.counters.Baseline;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AgentStarterTest {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final TrainingFilter filter = new TrainingFilter();

    @Test
    void logsOneLineAndRemovesTheFilterWhenTheJarCannotBeOpened() throws Exception {
        Instrumentation instrumentation = ByteBuddyAgent.install();
        instrumentation.addTransformer(filter, true);

        PrintStream err = recordingStream();
        AgentStarter.start(new AgentContext(
                null,
                instrumentation,
                err,
                filter,
                new File("target/no-such-agent.jar"),
                false,
                0,
                0,
                AttachResponse.none(),
                Baseline.of(null)));

        assertThat(lines.poll(30, TimeUnit.SECONDS))
                .startsWith("wattle: not metering: ")
                .contains("no-such-agent.jar");
        assertThat(lines).isEmpty();
        assertThat(instrumentation.removeTransformer(filter)).isFalse();
    }

    @Test
    @Timeout(60)
    void letsTheJvmEndAndLogsTheReasonLaterWhereTheHeapIsFull() throws Exception {
        AgentContext context = new AgentContext(
                null,
                withoutMemory(),
                streamThatFailsOnce(),
                filter,
                new File("target/no-such-agent.jar"),
                false,
                System.nanoTime(),
                0,
                AttachResponse.none(),
                Baseline.of(null));

        AgentStarter.start(context).join();

        assertThat(context.lifecycle().isStarting()).isFalse();
        assertThat(lines).isEmpty();
        runHere(context.exitHook());
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("wattle: not metering: ")
                .contains("no-such-agent.jar");
    }

    @SuppressWarnings("DoNotCall") // runs it as the JVM would, and waits for it
    private static void runHere(Thread exit) {
        exit.run();
    }

    private static Instrumentation withoutMemory() {
        return (Instrumentation) Proxy.newProxyInstance(
                AgentStarterTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, given) -> {
                    throw new OutOfMemoryError("no room for " + method.getName());
                });
    }

    private PrintStream streamThatFailsOnce() {
        return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
            private boolean failed;

            @Override
            public void println(@Nullable String line) {
                if (!failed) {
                    failed = true;
                    throw new OutOfMemoryError("no room for a line");
                }
                lines.add(String.valueOf(line));
            }
        };
    }

    private PrintStream recordingStream() {
        return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(@Nullable String line) {
                lines.add(String.valueOf(line));
            }
        };
    }
}
