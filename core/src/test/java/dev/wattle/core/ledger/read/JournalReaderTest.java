/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalReaderTest {

    private static final Path OLD = Path.of("../agent/src/test/resources/journals/0.1.0-dl4j.jsonl");

    @TempDir
    Path ledger;

    @Test
    void readsAJournalOfTheFirstVersion() {
        RecordedRun run = run(OLD);

        assertThat(run.identity().project()).contains("demo");
        assertThat(run.identity().user()).isEmpty();
        assertThat(run.microjoules()).isEqualTo(58_646_652);
        assertThat(run.kwh()).isCloseTo(1.6290736666666668e-05, within(1e-15));
        assertThat(run.co2eGrams()).isEqualTo(0.007461157393333334);
        assertThat(run.killed()).isFalse();
        assertThat(run.seconds()).isEqualTo(13.178281021);
        assertThat(run.lastSeen()).isEqualTo(Instant.parse("2026-11-28T09:04:11.755710337Z"));
        assertThat(run.framework()).isEqualTo("dl4j");
        assertThat(run.totals().processMicrojoules()).isEqualTo(Map.of("cpu", 28_644_246L));
        assertThat(run.carbon())
                .hasValueSatisfying(carbon -> assertThat(carbon.zone()).isEqualTo("WORLD"));
        assertThat(run.devices()).singleElement().satisfies(device -> {
            assertThat(device.quality()).isEqualTo("modelled");
            assertThat(device.microjoules()).isEqualTo(58_646_652);
        });
        assertThat(run.trainings()).singleElement().satisfies(training -> {
            assertThat(training.epochs()).isEqualTo(12);
            assertThat(training.samples()).isEqualTo(17_304);
            assertThat(training.microjoules()).isEqualTo(52_704_189 + 130_960);
        });
        assertThat(run.damage()).isEmpty();
    }

    @Test
    void readsTheEpochsOfAJournal() {
        List<RecordedEpoch> epochs = JournalReader.epochs(OLD);

        assertThat(epochs).extracting(RecordedEpoch::first).containsExactly(2L, 12L);
        assertThat(epochs.get(1).loss()).isEqualTo(0.010694711560263182);
        assertThat(epochs.get(1).microjoules()).isEqualTo(3_195_911);
    }

    @Test
    void takesTheLastLineOfAnEpoch() throws IOException {
        Path file = new JournalText()
                .first()
                .epoch(1, 10, 0.9)
                .epoch(2, 11, 0.8)
                .epoch(2, 12, 0.7)
                .checkpoint(3, 50)
                .write(ledger.resolve("a.jsonl"));

        assertThat(JournalReader.epochs(file)).extracting(RecordedEpoch::loss).containsExactly(0.9, 0.7);
        assertThat(run(file).trainings()).singleElement().satisfies(training -> {
            assertThat(training.epochs()).isEqualTo(2);
            assertThat(training.microjoules()).isEqualTo(22);
            assertThat(training.samples()).isEqualTo(200);
        });
    }

    @Test
    void countsAKilledRunWithItsLastCheckpoint() throws IOException {
        RecordedRun run = run(
                new JournalText().first().checkpoint(1, 10).checkpoint(2, 25).write(ledger.resolve("a.jsonl")));

        assertThat(run.killed()).isTrue();
        assertThat(run.microjoules()).isEqualTo(25);
        assertThat(run.seconds()).isEqualTo(2);
        assertThat(run.damage()).isEmpty();
    }

    @Test
    void hasTheEnergyOverTime() throws IOException {
        JournalText text = new JournalText().first();
        for (int second = 1; second <= 5_000; second++) {
            text.checkpoint(second, 100L * second);
        }
        Path file = text.summary(5_001, 500_100).write(ledger.resolve("a.jsonl"));

        EnergySeries series = ((RecordedRun) JournalReader.readWithSeries(file)).series();

        assertThat(series.seconds()).hasSizeLessThanOrEqualTo(SeriesRecorder.MAX_POINTS + 2);
        assertThat(series.microjoulesUntil("package-0", 0)).isZero();
        assertThat(series.microjoulesUntil("package-0", 1234.5)).isEqualTo(123_450);
        assertThat(series.microjoulesUntil("package-0", 1e9)).isEqualTo(500_100);
        assertThat(series.microjoulesUntil("gpu-0", 1e9)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":\"99\"}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":-99}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":1e999}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":9223372036854775808}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"a\":9223372036854775807,\"b\":1}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":1.5}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":NaN}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":99,\"package-0\":98}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{},\"microjoules\":{}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":99},\"microjoules_by_quality\":{\"counter\":98}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":[99]}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":null}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":-1,\"microjoules\":{\"package-0\":99}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":99}} more",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":99}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9}",
                "{\"type\":\"checkpoint\",\"at\":\"yesterday\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":99}}",
                "{\"type\":\"checkpoint\",\"at\":\"+999999999-01-01T00:00:00Z\",\"elapsed_seconds\":9,\"microjoules\":{}}",
                "{\"type\":\"checkpoint\",\"elapsed_seconds\":9,\"microjoules\":{\"package-0\":99},\"co2e_grams\":1e308}",
                "{\"type\":\"check",
                "\u0000\u0000\u0000",
                "[1,2]",
                "7",
                "{\"type\":7}"
            })
    void leavesOutADamagedLineAndNamesIt(String line) throws IOException {
        RecordedRun run =
                run(new JournalText().first().checkpoint(1, 10).line(line).write(ledger.resolve("a.jsonl")));

        assertThat(run.microjoules()).isEqualTo(10);
        assertThat(run.damage())
                .hasValueSatisfying(damage -> assertThat(damage).startsWith("has a damaged line: line 3 "));
    }

    @Test
    void readsDeepNestingAndHugeLinesWithoutHarm() throws IOException {
        Path file = ledger.resolve("a.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(new JournalText().first().checkpoint(1, 10).text().getBytes("UTF-8"));
            out.write(("{\"type\":\"x\",\"deep\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n")
                    .getBytes("UTF-8"));
            out.write("{\"type\":\"checkpoint\",\"elapsed_seconds\":5,\"microjoules\":{\"a\":5},\"x\":\""
                    .getBytes("UTF-8"));
            byte[] megabyte = "y".repeat(1 << 20).getBytes("UTF-8");
            for (int i = 0; i < 20; i++) {
                out.write(megabyte);
            }
            out.write("\"}\n".getBytes("UTF-8"));
            out.write(new JournalText().summary(2, 20).text().getBytes("UTF-8"));
        }

        RecordedRun run = run(file);

        assertThat(run.microjoules()).isEqualTo(20);
        assertThat(run.killed()).isFalse();
        assertThat(run.damage())
                .hasValueSatisfying(damage -> assertThat(damage).startsWith("has 2 damaged lines: line 3 "));
    }

    @Test
    void namesFilesThatHoldNoRun() throws IOException {
        assertThat(reason(Files.createFile(ledger.resolve("empty.jsonl")))).isEqualTo("is empty");
        assertThat(reason(Files.write(ledger.resolve("b.jsonl"), new byte[] {0, 1, (byte) 0xff, 10, 3})))
                .isEqualTo("is not a journal of Wattle");
        assertThat(reason(Files.writeString(ledger.resolve("c.jsonl"), "{\"name\":\"x\"}\n")))
                .isEqualTo("is not a journal of Wattle");
        assertThat(reason(ledger.resolve("none.jsonl"))).isEqualTo("does not exist");
        assertThat(reason(Files.createDirectory(ledger.resolve("d.jsonl")))).isEqualTo("is not a regular file");
        assertThat(reason(new JournalText().schema(2).first().summary(1, 1).write(ledger.resolve("e.jsonl"))))
                .contains("newer version");
        assertThat(reason(new JournalText().summary(1, 1).write(ledger.resolve("f.jsonl"))))
                .contains("run, host and start are unknown");
        assertThat(reason(new JournalText().first().write(ledger.resolve("g.jsonl"))))
                .contains("energy is unknown");
    }

    @Test
    void countsOnlyTheFirstOfTwoRunsInAFile() throws IOException {
        RecordedRun run = run(new JournalText()
                .first()
                .summary(1, 10)
                .run("r2")
                .first()
                .summary(1, 30)
                .write(ledger.resolve("a.jsonl")));

        assertThat(run.microjoules()).isEqualTo(10);
        assertThat(run.damage()).hasValueSatisfying(damage -> assertThat(damage).contains("a second run"));
    }

    @Test
    void readsFieldsInAnyOrderAndIgnoresUnknownOnes() throws IOException {
        RecordedRun run = run(new JournalText()
                .first()
                .line("{\"new\":[{}],\"microjoules\":{\"package-0\":7},\"elapsed_seconds\":3,\"type\":\"summary\"}")
                .line("{\"type\":\"later\",\"x\":1}")
                .write(ledger.resolve("a.jsonl")));

        assertThat(run.microjoules()).isEqualTo(7);
        assertThat(run.totals().microjoulesByQuality()).isEqualTo(Map.of("counter", 7L));
        assertThat(run.co2eGrams()).isCloseTo(7 / 3.6e12 * 600, within(1e-18));
        assertThat(run.lastSeen()).isEqualTo(Instant.parse("2026-11-01T10:00:03Z"));
        assertThat(run.damage()).isEmpty();
    }

    @Test
    void listsAFileOnceAndNamesWhatItCannotSearch() throws IOException {
        Path sub = Files.createDirectories(ledger.resolve("team/ada"));
        Path one = Files.createFile(sub.resolve("one.jsonl"));
        Path two = Files.createFile(ledger.resolve("two.jsonl"));
        Files.createFile(ledger.resolve(".two.jsonl"));
        Files.createFile(ledger.resolve("notes.txt"));
        Files.createSymbolicLink(ledger.resolve("loop"), ledger);

        LedgerFiles found = LedgerFiles.in(List.of(ledger, sub, two, ledger.resolve("none")));

        assertThat(found.files()).containsExactly(one, two);
        assertThat(found.skipped())
                .extracting(SkippedFile::file)
                .containsExactly(ledger.resolve("loop"), ledger.resolve("none"));
    }

    private static RecordedRun run(Path file) {
        JournalContent content = JournalReader.read(file);
        assertThat(content).isInstanceOf(RecordedRun.class);
        return (RecordedRun) content;
    }

    private static String reason(Path file) {
        JournalContent content = JournalReader.read(file);
        assertThat(content).isInstanceOf(SkippedFile.class);
        return ((SkippedFile) content).reason();
    }
}
