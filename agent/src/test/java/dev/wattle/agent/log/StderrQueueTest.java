/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.core.sampling.MeterThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StderrQueueTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(60);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final CountDownLatch reader = new CountDownLatch(1);

    /** A pipe that nobody reads until the reader comes. */
    private final PrintStream pipe = new PrintStream(
            new OutputStream() {
                @Override
                public void write(int b) {
                    await(reader);
                    written.write(b);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    await(reader);
                    written.write(bytes, from, length);
                }
            },
            true,
            StandardCharsets.UTF_8);

    private final StderrQueue queue = StderrQueue.start(pipe, new MeterThreads());

    @AfterEach
    void end() {
        reader.countDown();
        queue.close();
    }

    @Test
    void writesLinesInTheirOrder() {
        reader.countDown();
        queue.accept("one");
        queue.text("two\n");

        assertThat(queue.flush(LONG)).isTrue();
        assertThat(said()).isEqualTo("wattle: one\ntwo\n");
    }

    @Test
    void keepsNobodyWaitingWhereNobodyReads() {
        for (int i = 0; i < 100; i++) {
            queue.accept("line " + i);
        }

        assertThat(queue.flush(0)).isFalse();
        reader.countDown();
        assertThat(queue.flush(LONG)).isTrue();
        assertThat(said()).hasLineCount(100).endsWith("wattle: line 99\n");
    }

    @Test
    void dropsAndCountsWhatDoesNotFit() {
        String line = "x".repeat(1_000);
        for (int i = 0; i < 5_000; i++) {
            queue.accept(line);
        }
        reader.countDown();

        assertThat(queue.flush(LONG)).isTrue();
        // What the thread had taken before, and as much as may wait behind it.
        assertThat(said().length()).isLessThan(2_200_000);
        long written = said().lines().filter(said -> said.endsWith(line)).count();
        long dropped = said().lines()
                .map(Pattern.compile("wattle: (\\d+) lines were dropped.*")::matcher)
                .filter(Matcher::matches)
                .mapToLong(said -> Long.parseLong(said.group(1)))
                .sum();
        assertThat(dropped).isPositive();
        assertThat(written + dropped).isEqualTo(5_000);
    }

    @Test
    void writesWhatIsHeldOnceItsTimeHasCome() {
        reader.countDown();
        queue.hold("totals\n", 0);
        while (said().isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(queue.takeBack()).isFalse();
        assertThat(said()).isEqualTo("totals\n");
    }

    @Test
    void writesNothingOfWhatWasTakenBack() {
        reader.countDown();
        queue.hold("totals\n", LONG);
        assertThat(queue.takeBack()).isTrue();
        queue.text("all\n");

        assertThat(queue.flush(LONG)).isTrue();
        assertThat(said()).isEqualTo("all\n");
    }

    private String said() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
