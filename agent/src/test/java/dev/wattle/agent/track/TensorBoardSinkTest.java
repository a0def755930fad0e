/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.track.EventFile.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardSinkTest {
    private static final long START = 1_795_870_951_250L;

    @TempDir
    private Path directory;

    @Test
    void writesWhatAnIndependentReaderReads() {
        TensorBoardSink sink = sink(directory.resolve("logs/run"));
        Scalar loss = new Scalar("wattle/loss", 0.8766046747729015, START + 9_000, 1);
        Scalar energy = new Scalar("wattle/training_2/epoch_energy_joules", 123_456.789, START + 10_500, 300);

        assertThat(sink.deliver(List.of(loss), Map.of())).isEqualTo(new Delivery.Done());
        assertThat(sink.deliver(List.of(energy), Map.of())).isEqualTo(new Delivery.Done());
        sink.close();

        Path file = EventFile.in(directory.resolve("logs/run"));
        assertThat(file.getFileName()).hasToString("events.out.tfevents.1795870951.node_3.4711");
        EventFile read = EventFile.read(file);
        assertThat(read.version()).isEqualTo("brain.Event:2");
        assertThat(read.events())
                .containsExactly(
                        new Event((START + 9_000) / 1e3, 1, "wattle/loss", 0.8766047f),
                        new Event((START + 10_500) / 1e3, 300, "wattle/training_2/epoch_energy_joules", 123_456.789f));
        assertThat(read.leftBytes()).isZero();
    }

    @Test
    void createsNothingBeforeThereIsAValue() {
        sink(directory.resolve("logs")).close();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void saysWhyItCannotWriteAndWritesOnceItCan() throws IOException {
        Path blocked = Files.createFile(directory.resolve("logs"));
        TensorBoardSink sink = sink(blocked);
        List<Scalar> scalars = List.of(new Scalar("wattle/loss", 1, START, 1));

        assertThat(sink.deliver(scalars, Map.of()))
                .isInstanceOfSatisfying(
                        Delivery.Later.class,
                        later -> assertThat(later.why())
                                .contains("FileAlreadyExists")
                                .contains(blocked.toString()));
        Files.delete(blocked);
        assertThat(sink.deliver(scalars, Map.of())).isEqualTo(new Delivery.Done());
        sink.close();

        assertThat(EventFile.read(EventFile.in(blocked)).events()).hasSize(1);
    }

    @Test
    void startsANewFileWhereTheOldOneWasRemoved() throws IOException {
        Path logs = directory.resolve("logs");
        TensorBoardSink sink = sink(logs);
        sink.deliver(List.of(new Scalar("wattle/loss", 1, START, 1)), Map.of());
        Files.delete(EventFile.in(logs));
        Files.delete(logs);

        sink.deliver(List.of(new Scalar("wattle/loss", 2, START, 2)), Map.of());
        sink.close();

        EventFile read = EventFile.read(EventFile.in(logs));
        assertThat(read.version()).isEqualTo("brain.Event:2");
        assertThat(read.events()).extracting(Event::step).containsExactly(2L);
    }

    @Test
    void followsNoLink() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Files.createSymbolicLink(logs.resolve("events.out.tfevents.1795870951.node_3.4711"), elsewhere);

        assertThat(sink(logs).deliver(List.of(new Scalar("wattle/loss", 1, START, 1)), Map.of()))
                .isInstanceOf(Delivery.Later.class);
        assertThat(elsewhere).doesNotExist();
    }

    private static TensorBoardSink sink(Path logs) {
        return new TensorBoardSink(logs, "node/3", 4711, START);
    }
}
