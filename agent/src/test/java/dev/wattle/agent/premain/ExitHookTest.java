/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExitHookTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Ending ending = new Ending();
    private final ExitHook hook = new ExitHook(ending, new PrintStream(err, true, StandardCharsets.UTF_8));

    @Test
    void saysThatNothingWasMeteredWhereMeteringHadNotBegun() throws InterruptedException {
        end();

        assertThat(said())
                .startsWith("wattle: the program ended before metering began")
                .hasLineCount(1);
    }

    @Test
    void runsTheActionThatWasLeft() throws InterruptedException {
        ending.use(() -> err.writeBytes(new byte[] {'o', 'k'}));

        end();

        assertThat(said()).isEqualTo("ok");
    }

    @Test
    void keepsWhatTheActionThrowsToOneLine() throws InterruptedException {
        ending.use(() -> {
            throw new IllegalStateException("broken");
        });

        end();

        assertThat(said()).startsWith("wattle: the summary could not be made").hasLineCount(1);
    }

    @Test
    @Timeout(60)
    void letsTheJvmGoWhereTheActionNeverEnds() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        ending.use(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        end();

        assertThat(said()).isEmpty();
    }

    @Test
    void isSilentWhereTheRunHasLeft() throws InterruptedException {
        ending.use(() -> err.writeBytes(new byte[] {'o', 'k'}));
        ending.gone();

        end();

        assertThat(said()).isEmpty();
    }

    private void end() throws InterruptedException {
        hook.start();
        hook.join();
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
