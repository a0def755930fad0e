/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.report.json.JournalLines.Batch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JournalWriterTest {
    private static final RunIdentity RUN =
            new RunIdentity("r", Optional.empty(), Map.of(), "host", 1, "17", "1.0", Instant.EPOCH);

    private static final String RUN_LINE = "{\"type\":\"run\"}\n";
    private static final String CHECKPOINT_LINE = "{\"type\":\"checkpoint\"}\n";

    @TempDir
    Path directory;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> written = new CopyOnWriteArrayList<>();

    @Test
    @Timeout(60)
    void endsWhereTheHeapHasNoRoomForALine() throws InterruptedException {
        JournalWriter writer = open();
        Thread thread = run(writer);

        writer.finish(
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                30,
                TimeUnit.SECONDS);
        thread.join();

        assertThat(lines).singleElement().asString().contains("Java heap space");
    }

    @Test
    @Timeout(60)
    void writesACheckpointAtOnceAndWaitsThroughAnInterrupt() throws InterruptedException {
        JournalWriter writer = open();
        Thread thread = run(writer);
        thread.interrupt();
        while (thread.isInterrupted() || !written.contains("checkpoint")) {
            Thread.onSpinWait();
        }

        finish(writer, thread);

        assertThat(Path.of(writer.place())).content().startsWith(RUN_LINE + CHECKPOINT_LINE);
        assertThat(Path.of(writer.place())).content().endsWith("{\"type\":\"epoch\"}\n{\"type\":\"summary\"}\n");
        assertThat(lines).isEmpty();
    }

    @Test
    void writesAFirstCheckpointBeforeItsThreadRuns() throws IOException {
        JournalWriter writer = open();

        writer.writeFirstCheckpoint(content);

        assertThat(Path.of(writer.place())).content().isEqualTo(RUN_LINE + CHECKPOINT_LINE);
    }

    @Test
    @Timeout(60)
    void namesItsPlaceWithANoteWhereItLacksItsLatestLines() throws InterruptedException {
        JournalWriter writer = open();
        String file = writer.place();
        Thread thread = run(writer);
        awaitCheckpoint();

        writer.finish(
                () -> {
                    throw new IllegalStateException("no room");
                },
                30,
                TimeUnit.SECONDS);
        thread.join();

        assertThat(writer.place()).isEqualTo(file + ", without its latest lines, which could not be written");
    }

    @Test
    @Timeout(60)
    void writesAnEpochSoonAfterItsEnd() throws InterruptedException {
        JournalWriter writer = open();
        Thread thread = run(writer);

        writer.epochEnded();
        while (!written.contains("epochs")) {
            Thread.onSpinWait();
        }

        finish(writer, thread);
    }

    @Test
    void reportsNothingAsWrittenWithoutAJournal() throws InterruptedException {
        JournalWriter writer = JournalWriter.open(Optional.empty(), RUN, lines::add);
        Thread thread = run(writer);

        finish(writer, thread);

        assertThat(written).isEmpty();
        assertThat(lines).isEmpty();
    }

    @Test
    @Timeout(60)
    void writesAllLinesAgainWhereTheDirectoryWasRemoved() throws InterruptedException, IOException {
        Path ledger = directory.resolve("a").resolve("runs");
        JournalWriter writer = JournalWriter.open(Optional.of(ledger), RUN, lines::add);
        Thread thread = run(writer);
        awaitCheckpoint();
        Path file = Path.of(writer.place());
        Files.delete(file);
        Files.delete(ledger);
        Files.delete(ledger.getParent());

        finish(writer, thread);

        assertThat(writer.place()).isEqualTo(file.toString());
        assertThat(file).content().startsWith(RUN_LINE + CHECKPOINT_LINE).endsWith("{\"type\":\"summary\"}\n");
        assertThat(lines)
                .singleElement()
                .asString()
                .isEqualTo("the journal " + file + " was removed; it is restored, with all its lines");
    }

    @Test
    @Timeout(60)
    void namesNoFileThatDoesNotExist() throws InterruptedException, IOException {
        Path ledger = directory.resolve("runs");
        JournalWriter writer = JournalWriter.open(Optional.of(ledger), RUN, lines::add);
        Thread thread = run(writer);
        awaitCheckpoint();
        Path file = Path.of(writer.place());
        Files.delete(file);
        Files.delete(ledger);
        Files.createFile(ledger);

        finish(writer, thread);

        assertThat(writer.place()).isEqualTo("none: " + file + " was removed and could not be restored");
        assertThat(lines)
                .singleElement()
                .asString()
                .contains(file.toString())
                .contains("could not be restored")
                .endsWith("; ledger=DIR names another directory");
    }

    @Test
    @Timeout(60)
    void takesAnotherNameWhereItsFileWasReplaced() throws InterruptedException, IOException {
        JournalWriter writer = open();
        Thread thread = run(writer);
        awaitCheckpoint();
        Path file = Path.of(writer.place());
        Files.delete(file);
        Files.writeString(file, "somebody else's\n");

        finish(writer, thread);

        assertThat(file).hasContent("somebody else's\n");
        assertThat(Path.of(writer.place()))
                .isNotEqualTo(file)
                .content()
                .startsWith(RUN_LINE + CHECKPOINT_LINE)
                .endsWith("{\"type\":\"summary\"}\n");
        assertThat(lines).singleElement().asString().contains("was replaced").contains(writer.place());
    }

    @Test
    @Timeout(60)
    void writesAFirstLineAgainInAFileThatWasCut() throws InterruptedException, IOException {
        JournalWriter writer = open();
        Thread thread = run(writer);
        awaitCheckpoint();
        Path file = Path.of(writer.place());
        try (FileChannel cut = FileChannel.open(file, StandardOpenOption.WRITE)) {
            cut.truncate(5);
        }

        finish(writer, thread);

        assertThat(file).content().startsWith("{\"typ\n" + RUN_LINE).endsWith("{\"type\":\"summary\"}\n");
        assertThat(lines).singleElement().asString().contains("was cut short");
    }

    @Test
    void withdrawsTheFinalBatchWhereTheWriterHasNotStarted() throws InterruptedException {
        JournalWriter writer = open();

        assertThat(writer.finish(() -> batch("summary"), 0, TimeUnit.SECONDS))
                .hasValueSatisfying(
                        what -> assertThat(what).contains("was not written").contains(writer.place()));

        writer.end();
        writer.run(content);
        assertThat(written).doesNotContain("summary");
    }

    @Test
    @Timeout(60)
    void reportsThatTheFinalBatchIsBeingWritten() throws InterruptedException {
        JournalWriter writer = open();
        Thread thread = run(writer);
        awaitCheckpoint();
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread ending = new Thread(() -> {
            try {
                inWork.await();
                lines.add(
                        writer.finish(() -> batch("again"), 0, TimeUnit.SECONDS).orElse(""));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                goOn.countDown();
            }
        });
        ending.start();

        writer.finish(
                () -> {
                    inWork.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return batch("summary");
                },
                30,
                TimeUnit.SECONDS);
        thread.join();
        ending.join();

        assertThat(lines).singleElement().asString().contains("is still being written");
        assertThat(written).contains("summary").doesNotContain("again");
    }

    private JournalWriter open() {
        return JournalWriter.open(Optional.of(directory), RUN, lines::add);
    }

    private Thread run(JournalWriter writer) {
        Thread thread = new Thread(() -> writer.run(content));
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void awaitCheckpoint() {
        while (!written.contains("checkpoint")) {
            Thread.onSpinWait();
        }
    }

    private void finish(JournalWriter writer, Thread thread) throws InterruptedException {
        assertThat(writer.finish(() -> batch("epoch", "summary"), 30, TimeUnit.SECONDS))
                .isEmpty();
        thread.join();
    }

    private final JournalWriter.Content content = new JournalWriter.Content() {
        @Override
        public Batch firstLine() {
            return batch("run");
        }

        @Override
        public Batch epochs() {
            return batch("epochs");
        }

        @Override
        public Batch checkpoint() {
            return batch("checkpoint");
        }
    };

    private Batch batch(String... types) {
        return new Batch(
                Arrays.stream(types).map(JournalWriterTest::line).toList(), () -> written.add(String.join(" ", types)));
    }

    private static JsonObject line(String type) {
        JsonObject line = new JsonObject();
        line.addProperty("type", type);
        return line;
    }
}
