/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.report.JournalLines.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JournalKeeperTest {
    private static final RunIdentity RUN =
            new RunIdentity("r", Optional.empty(), Map.of(), "host", 1, "17", "1.0", Instant.EPOCH);

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private final List<String> written = new CopyOnWriteArrayList<>();

    @Test
    void endsInOrderWhereTheHeapHasNoRoomForALine() throws InterruptedException {
        JournalKeeper keeper = JournalKeeper.open(Optional.of(directory), RUN, said::add);
        keeper.finish(
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                0,
                TimeUnit.SECONDS);

        keeper.keep(() -> new Batch(List.of(new JsonObject()), () -> {}), () -> batch("checkpoint"));

        assertThat(said).singleElement().asString().contains("Java heap space");
    }

    @Test
    @Timeout(60)
    void aThreadThatWasInterruptedGoesOnWaiting() throws InterruptedException, IOException {
        JournalKeeper keeper = JournalKeeper.open(Optional.of(directory), RUN, said::add);
        Thread kept = new Thread(() -> keeper.keep(() -> batch("run"), () -> batch("checkpoint")));
        kept.start();
        kept.interrupt();
        while (kept.isInterrupted()) {
            Thread.onSpinWait();
        }
        keeper.finish(() -> batch("epoch", "summary"), 30, TimeUnit.SECONDS);
        kept.join();

        assertThat(Path.of(keeper.place()))
                .hasContent("{\"type\":\"run\"}\n{\"type\":\"epoch\"}\n{\"type\":\"summary\"}\n");
        assertThat(said).isEmpty();
        assertThat(written).containsExactly("epoch summary");
    }

    @Test
    void callsWrittenOnlyWhatWasWritten() throws InterruptedException {
        JournalKeeper keeper = JournalKeeper.open(Optional.empty(), RUN, said::add);
        keeper.finish(() -> batch("summary"), 0, TimeUnit.SECONDS);

        keeper.keep(() -> batch("run"), () -> batch("checkpoint"));

        assertThat(written).isEmpty();
    }

    private Batch batch(String... types) {
        return new Batch(
                Arrays.stream(types).map(JournalKeeperTest::line).toList(), () -> written.add(String.join(" ", types)));
    }

    private static JsonObject line(String type) {
        JsonObject line = new JsonObject();
        line.addProperty("type", type);
        return line;
    }
}
