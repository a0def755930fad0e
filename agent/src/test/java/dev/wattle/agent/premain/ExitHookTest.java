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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class ExitHookTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final RunLifecycle lifecycle = new RunLifecycle();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final ExitHook hook = new ExitHook(lifecycle, stream);

    @Test
    void reportsThatNothingWasMeteredBeforeMeteringStarted() throws InterruptedException {
        end();

        assertThat(printed())
                .startsWith("wattle: the program ended before metering started")
                .hasLineCount(1);
    }

    @Test
    @Timeout(60)
    void waitsForARunThatIsStartingIfCountersWereReadOnArrival(@TempDir Path tree) throws Exception {
        hook.setBaseline(counters(tree), System.nanoTime() - 2_000_000_000L);
        hook.start();
        while (!lifecycle.isJvmEnding()) {
            Thread.onSpinWait();
        }

        lifecycle.setReport(report(step -> write("ok")));
        hook.join();

        assertThat(printed()).isEqualTo("ok");
    }

    @Test
    @Timeout(60)
    void reportsOnlyTheCountersOfARunThatDoesNotStart(@TempDir Path tree) throws Exception {
        hook.setBaseline(counters(tree), System.nanoTime() - 2_000_000_000L);

        end();

        assertThat(printed())
                .isEqualTo("wattle: the program ended before metering started; since its start the counters increased"
                        + " by package-0 0.000 J\n");
    }

    @Test
    void runsTheReport() throws InterruptedException {
        lifecycle.setReport(report(step -> write("ok")));

        end();

        assertThat(printed()).isEqualTo("ok");
    }

    @Test
    void printsOneLineWhenTheReportThrows() throws InterruptedException {
        lifecycle.setReport(report(step -> {
            throw new IllegalStateException("broken");
        }));

        end();

        assertThat(printed())
                .startsWith("wattle: the summary could not be made")
                .hasLineCount(1);
    }

    @Test
    @Timeout(60)
    void letsTheJvmEndAndPrintsWhatIsMissingWhenTheReportHangs() throws InterruptedException {
        lifecycle.setReport(report(step -> hang()));

        end();

        assertThat(printed()).isEqualTo("wattle: the rest is missing\n");
    }

    @Test
    @Timeout(60)
    void waitsLongerWhileTheReportMakesProgress() throws InterruptedException {
        ExitHook patient = hook(1, 10_000, 60_000);
        lifecycle.setReport(report(step -> {
            for (int i = 0; i < 20; i++) {
                LockSupport.parkNanos(10_000_000);
                step.run();
            }
            write("ok");
        }));

        end(patient);

        assertThat(printed()).isEqualTo("ok");
    }

    @Test
    @Timeout(60)
    void letsTheJvmEndWhenTheProgressNeverStops() throws InterruptedException {
        ExitHook patient = hook(1, 60_000, 100);
        lifecycle.setReport(report(step -> {
            while (true) {
                step.run();
            }
        }));

        end(patient);

        assertThat(printed()).isEqualTo("wattle: the rest is missing\n");
    }

    @Test
    @Timeout(60)
    void letsTheJvmEndWhenStandardErrorBlocks() throws InterruptedException {
        ExitHook stuck = new ExitHook(lifecycle, new PrintStream(new OutputStream() {
            @Override
            public void write(int b) {
                hang();
            }
        }));

        end(stuck);

        assertThat(stuck.isAlive()).isFalse();
    }

    @Test
    void printsNothingAfterTheRunHasFinished() throws InterruptedException {
        lifecycle.setReport(report(step -> write("ok")));
        lifecycle.finish();

        end();

        assertThat(printed()).isEmpty();
    }

    private ExitHook hook(long patienceMillis, long stepMillis, long capMillis) {
        return new ExitHook(lifecycle, stream, patienceMillis, stepMillis, capMillis);
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

    private String printed() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static Baseline counters(Path tree) throws IOException {
        Path zone = Files.createDirectories(tree.resolve("intel-rapl:0"));
        Files.writeString(zone.resolve("energy_uj"), "1\n");
        Files.writeString(zone.resolve("name"), "package-0\n");
        return Baseline.ofTree(tree.toFile());
    }
}
