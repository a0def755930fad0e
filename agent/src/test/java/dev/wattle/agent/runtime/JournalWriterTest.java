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

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<String> written = new CopyOnWriteArrayList<>();

    @Test
    @Timeout(60)
    void endsInOrderWhereTheHeapHasNoRoomForALine() throws InterruptedException {
        JournalWriter keeper = open();
        Thread kept = keep(keeper);

        keeper.finish(
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                30,
                TimeUnit.SECONDS);
        kept.join();

        assertThat(said).singleElement().asString().contains("Java heap space");
    }

    @Test
    @Timeout(60)
    void writesACheckpointAtOnceAndWaitsThroughAnInterrupt() throws InterruptedException {
        JournalWriter keeper = open();
        Thread kept = keep(keeper);
        kept.interrupt();
        while (kept.isInterrupted() || !written.contains("checkpoint")) {
            Thread.onSpinWait();
        }

        finish(keeper, kept);

        assertThat(Path.of(keeper.place())).content().startsWith(RUN_LINE + CHECKPOINT_LINE);
        assertThat(Path.of(keeper.place())).content().endsWith("{\"type\":\"epoch\"}\n{\"type\":\"summary\"}\n");
        assertThat(said).isEmpty();
    }

    @Test
    void hasACheckpointBeforeItIsKept() throws IOException {
        JournalWriter keeper = open();

        keeper.begin(content);

        assertThat(Path.of(keeper.place())).content().isEqualTo(RUN_LINE + CHECKPOINT_LINE);
    }

    @Test
    @Timeout(60)
    void saysWithItsPlaceThatItLacksItsLatestLines() throws InterruptedException {
        JournalWriter keeper = open();
        String file = keeper.place();
        Thread kept = keep(keeper);
        awaitCheckpoint();

        keeper.finish(
                () -> {
                    throw new IllegalStateException("no room");
                },
                30,
                TimeUnit.SECONDS);
        kept.join();

        assertThat(keeper.place()).isEqualTo(file + ", without its latest lines, which could not be written");
    }

    @Test
    @Timeout(60)
    void writesAnEpochAsSoonAsItHasEnded() throws InterruptedException {
        JournalWriter keeper = open();
        Thread kept = keep(keeper);

        keeper.news();
        while (!written.contains("news")) {
            Thread.onSpinWait();
        }

        finish(keeper, kept);
    }

    @Test
    void callsWrittenOnlyWhatWasWritten() throws InterruptedException {
        JournalWriter keeper = JournalWriter.open(Optional.empty(), RUN, said::add);
        Thread kept = keep(keeper);

        finish(keeper, kept);

        assertThat(written).isEmpty();
        assertThat(said).isEmpty();
    }

    @Test
    @Timeout(60)
    void writesAllOfItAnewWhereTheDirectoryWasRemoved() throws InterruptedException, IOException {
        Path ledger = directory.resolve("a").resolve("runs");
        JournalWriter keeper = JournalWriter.open(Optional.of(ledger), RUN, said::add);
        Thread kept = keep(keeper);
        awaitCheckpoint();
        Path file = Path.of(keeper.place());
        Files.delete(file);
        Files.delete(ledger);
        Files.delete(ledger.getParent());

        finish(keeper, kept);

        assertThat(keeper.place()).isEqualTo(file.toString());
        assertThat(file).content().startsWith(RUN_LINE + CHECKPOINT_LINE).endsWith("{\"type\":\"summary\"}\n");
        assertThat(said)
                .singleElement()
                .asString()
                .isEqualTo("the journal " + file + " was removed; it is written anew, with all that it held");
    }

    @Test
    @Timeout(60)
    void namesNoFileThatIsNotThere() throws InterruptedException, IOException {
        Path ledger = directory.resolve("runs");
        JournalWriter keeper = JournalWriter.open(Optional.of(ledger), RUN, said::add);
        Thread kept = keep(keeper);
        awaitCheckpoint();
        Path file = Path.of(keeper.place());
        Files.delete(file);
        Files.delete(ledger);
        Files.createFile(ledger);

        finish(keeper, kept);

        assertThat(keeper.place()).isEqualTo("none: " + file + " was removed and could not be written anew");
        assertThat(said)
                .singleElement()
                .asString()
                .contains(file.toString())
                .contains("could not be written anew")
                .endsWith("; ledger=DIR names another directory");
    }

    @Test
    @Timeout(60)
    void takesAnotherNameWhereItsFileWasReplaced() throws InterruptedException, IOException {
        JournalWriter keeper = open();
        Thread kept = keep(keeper);
        awaitCheckpoint();
        Path file = Path.of(keeper.place());
        Files.delete(file);
        Files.writeString(file, "somebody else's\n");

        finish(keeper, kept);

        assertThat(file).hasContent("somebody else's\n");
        assertThat(Path.of(keeper.place()))
                .isNotEqualTo(file)
                .content()
                .startsWith(RUN_LINE + CHECKPOINT_LINE)
                .endsWith("{\"type\":\"summary\"}\n");
        assertThat(said).singleElement().asString().contains("was replaced").contains(keeper.place());
    }

    @Test
    @Timeout(60)
    void beginsAnewInAFileThatSomebodyCut() throws InterruptedException, IOException {
        JournalWriter keeper = open();
        Thread kept = keep(keeper);
        awaitCheckpoint();
        Path file = Path.of(keeper.place());
        try (FileChannel cut = FileChannel.open(file, StandardOpenOption.WRITE)) {
            cut.truncate(5);
        }

        finish(keeper, kept);

        assertThat(file).content().startsWith("{\"typ\n" + RUN_LINE).endsWith("{\"type\":\"summary\"}\n");
        assertThat(said).singleElement().asString().contains("was cut short");
    }

    @Test
    void takesTheLastLineBackWhereTheWriterHasNotBegun() throws InterruptedException {
        JournalWriter keeper = open();

        assertThat(keeper.finish(() -> batch("summary"), 0, TimeUnit.SECONDS))
                .hasValueSatisfying(
                        what -> assertThat(what).contains("was not written").contains(keeper.place()));

        keeper.end();
        keeper.keep(content);
        assertThat(written).doesNotContain("summary");
    }

    @Test
    @Timeout(60)
    void saysThatTheLastLineIsBeingWrittenWhereItIs() throws InterruptedException {
        JournalWriter keeper = open();
        Thread kept = keep(keeper);
        awaitCheckpoint();
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread ending = new Thread(() -> {
            try {
                inWork.await();
                said.add(
                        keeper.finish(() -> batch("again"), 0, TimeUnit.SECONDS).orElse(""));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                goOn.countDown();
            }
        });
        ending.start();

        keeper.finish(
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
        kept.join();
        ending.join();

        assertThat(said).singleElement().asString().contains("is still being written");
        assertThat(written).contains("summary").doesNotContain("again");
    }

    private JournalWriter open() {
        return JournalWriter.open(Optional.of(directory), RUN, said::add);
    }

    private Thread keep(JournalWriter keeper) {
        Thread kept = new Thread(() -> keeper.keep(content));
        kept.setDaemon(true);
        kept.start();
        return kept;
    }

    private void awaitCheckpoint() {
        while (!written.contains("checkpoint")) {
            Thread.onSpinWait();
        }
    }

    private void finish(JournalWriter keeper, Thread kept) throws InterruptedException {
        assertThat(keeper.finish(() -> batch("epoch", "summary"), 30, TimeUnit.SECONDS))
                .isEmpty();
        kept.join();
    }

    private final JournalWriter.Content content = new JournalWriter.Content() {
        @Override
        public Batch run() {
            return batch("run");
        }

        @Override
        public Batch news() {
            return batch("news");
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
