/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StderrLogTest {
    @Test
    void printsOneLineWithThePrefix() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        StderrLog.print(new PrintStream(out, true, StandardCharsets.UTF_8), "not metering");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("wattle: not metering" + System.lineSeparator());
    }

    @Test
    void ignoresAStreamThatThrows() {
        PrintStream hostile = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                throw new IllegalStateException("closed by the host");
            }
        };

        assertThatCode(() -> StderrLog.print(hostile, "anything")).doesNotThrowAnyException();
    }
}
