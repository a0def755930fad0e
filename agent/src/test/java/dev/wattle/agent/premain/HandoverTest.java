/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandoverTest {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final TrainingFilter filter = new TrainingFilter();

    @Test
    void saysOneLineAndTakesTheFilterBackWhenTheInsideCannotBeOpened() throws Exception {
        Instrumentation instrumentation = ByteBuddyAgent.install();
        instrumentation.addTransformer(filter, true);

        PrintStream err = recordingStream();
        Handover.start(new Arrival(
                null,
                instrumentation,
                err,
                filter,
                new File("target/no-such-agent.jar"),
                false,
                0,
                0,
                Reply.toNobody(),
                Baseline.of(null)));

        assertThat(lines.poll(30, TimeUnit.SECONDS))
                .startsWith("wattle: not metering: ")
                .contains("no-such-agent.jar");
        assertThat(lines).isEmpty();
        assertThat(instrumentation.removeTransformer(filter)).isFalse();
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
