/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.premain.counters.Baseline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ExitHookTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final RunLifecycle ending = new RunLifecycle();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final ExitHook hook = new ExitHook(ending, stream);

    @Test
    void saysThatNothingWasMeteredWhereMeteringHadNotBegun() throws InterruptedException {
        end();

        assertThat(said())
                .startsWith("wattle: the program ended before metering began")
                .hasLineCount(1);
    }

    @Test
    @Timeout(60)
    void waitsForARunThatIsOnlyStartingWhereCountersWereReadOnArrival(@TempDir Path tree) throws Exception {
        hook.countsFrom(counters(tree), System.nanoTime() - 2_000_000_000L);
        hook.start();
        while (!ending.isJvmEnding()) {
            Thread.onSpinWait();
        }

        ending.use(report(step -> write("ok")));
        hook.join();

        assertThat(said()).isEqualTo("ok");
    }

    @Test
    @Timeout(60)
    void tellsTheCountersAloneOfARunThatDoesNotComeUp(@TempDir Path tree) throws Exception {
        hook.countsFrom(counters(tree), System.nanoTime() - 2_000_000_000L);

        end();

        assertThat(said())
                .isEqualTo(
                        "wattle: the program ended before the meter was up; since its start the counters have gone on"
                                + " by package-0 0.000 J\n");
    }

    @Test
    void runsTheReportThatWasLeft() throws InterruptedException {
        ending.use(report(step -> write("ok")));

        end();

        assertThat(said()).isEqualTo("ok");
    }

    @Test
    void keepsWhatTheReportThrowsToOneLine() throws InterruptedException {
        ending.use(report(step -> {
            throw new IllegalStateException("broken");
        }));

        end();

        assertThat(said()).startsWith("wattle: the summary could not be made").hasLineCount(1);
    }

    @Test
    @Timeout(60)
    void letsTheJvmGoAndSaysWhatIsMissingWhereTheReportNeverEnds() throws InterruptedException {
        ending.use(report(step -> hang()));

        end();

        assertThat(said()).isEqualTo("wattle: the rest is missing\n");
    }

    @Test
    @Timeout(60)
    void waitsOnWhileTheReportMakesProgress() throws InterruptedException {
        ExitHook patient = hook(1, 10_000, 60_000);
        ending.use(report(step -> {
            for (int i = 0; i < 20; i++) {
                LockSupport.parkNanos(10_000_000);
                step.run();
            }
            write("ok");
        }));

        end(patient);

        assertThat(said()).isEqualTo("ok");
    }

    @Test
    @Timeout(60)
    void letsTheJvmGoWhereTheProgressHasNoEnd() throws InterruptedException {
        ExitHook patient = hook(1, 60_000, 100);
        ending.use(report(step -> {
            while (true) {
                step.run();
            }
        }));

        end(patient);

        assertThat(said()).isEqualTo("wattle: the rest is missing\n");
    }

    @Test
    @Timeout(60)
    void letsTheJvmGoWhereStandardErrorTakesNothing() throws InterruptedException {
        ExitHook stuck = new ExitHook(ending, new PrintStream(new OutputStream() {
            @Override
            public void write(int b) {
                hang();
            }
        }));

        end(stuck);

        assertThat(stuck.isAlive()).isFalse();
    }

    @Test
    void isSilentWhereTheRunHasLeft() throws InterruptedException {
        ending.use(report(step -> write("ok")));
        ending.gone();

        end();

        assertThat(said()).isEmpty();
    }

    private ExitHook hook(long patienceMillis, long stepMillis, long capMillis) {
        return new ExitHook(ending, stream, patienceMillis, stepMillis, capMillis);
    }

    private static LastReport report(Consumer<Runnable> work) {
        return new LastReport() {
            @Override
            public void report(Runnable step) {
                work.accept(step);
            }

            @Override
            public String missing() {
                return "the rest is missing";
            }
        };
    }

    private void write(String text) {
        err.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(ExitHook ended) throws InterruptedException {
        ended.start();
        ended.join();
    }

    private void end() throws InterruptedException {
        hook.start();
        hook.join();
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static Baseline counters(Path tree) throws IOException {
        Path zone = Files.createDirectories(tree.resolve("intel-rapl:0"));
        Files.writeString(zone.resolve("energy_uj"), "1\n");
        Files.writeString(zone.resolve("name"), "package-0\n");
        return Baseline.ofTree(tree.toFile());
    }
}
