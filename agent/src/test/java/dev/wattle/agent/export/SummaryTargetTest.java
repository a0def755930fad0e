/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.export.SummaryTarget.TextFile;
import dev.wattle.agent.log.StderrQueue;
import dev.wattle.core.sampling.MeterThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SummaryTargetTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StderrQueue stderr =
            StderrQueue.start(new PrintStream(err, true, StandardCharsets.UTF_8), new MeterThreads());

    @AfterEach
    void end() {
        stderr.close();
    }

    @Test
    void appendsToWhatIsThere() throws IOException {
        Path file = Files.writeString(directory.resolve("summary.txt"), "before\n");

        write(file, "one\n");
        write(file, "two\n");

        assertThat(file).hasContent("before\none\ntwo\n");
        assertThat(said()).isEmpty();
    }

    @Test
    void followsNoLink() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "theirs\n");
        Path link = Files.createSymbolicLink(directory.resolve("link"), precious);
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("new"));

        write(link, "the summary\n");
        write(dangling, "again\n");

        assertThat(precious).hasContent("theirs\n");
        assertThat(directory.resolve("new")).doesNotExist();
        assertThat(said())
                .contains(link + " (a symbolic link, which is not followed)")
                .contains("the summary\n")
                .contains("again\n");
    }

    @Test
    void waitsAtNoPipe() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        write(pipe, "the summary\n");

        assertThat(said()).contains("not a regular file").endsWith("the summary\n");
    }

    @Test
    void writesWhatIsNoUnicodeAsAQuestionMark() {
        Path file = directory.resolve("summary.txt");

        write(file, "run \uD800 (ü)\n");

        assertThat(file).hasContent("run ? (ü)\n");
        assertThat(said()).isEmpty();
    }

    @Test
    void printsWhatItCannotWrite() {
        Path file = directory.resolve("absent").resolve("summary.txt");

        write(file, "the summary\n");

        assertThat(said())
                .startsWith("wattle: the summary could not be written to " + file)
                .contains("summary=FILE names another file")
                .endsWith("the summary\n");
    }

    @Test
    void writesThoughItsThreadIsInterrupted() {
        Path file = directory.resolve("summary.txt");

        Thread.currentThread().interrupt();
        write(file, "the summary\n");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("the summary\n");
    }

    private void write(Path file, String text) {
        new TextFile(file).write(text, stderr);
    }

    private String said() {
        assertThat(stderr.flush(TimeUnit.SECONDS.toNanos(60))).isTrue();
        return err.toString(StandardCharsets.UTF_8);
    }
}
