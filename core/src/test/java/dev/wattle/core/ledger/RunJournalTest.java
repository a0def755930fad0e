/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunJournalTest {
    @TempDir
    private Path directory;

    @Test
    void writesOneObjectALine() throws IOException {
        try (RunJournal journal = RunJournal.create(directory, run("r"))) {
            journal.append(List.of(line(1)));
            journal.append(List.of(line(2)));

            assertThat(Files.readString(journal.file())).isEqualTo("{\"n\":1}\n{\"n\":2}\n");
        }
    }

    @Test
    void staysOpenWhenItsThreadIsInterrupted() throws IOException {
        try (RunJournal journal = RunJournal.create(directory, run("r"))) {
            Thread.currentThread().interrupt();
            journal.append(List.of(line(1)));
            journal.append(List.of(line(2)));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(Files.readString(journal.file())).isEqualTo("{\"n\":1}\n{\"n\":2}\n");
        }
    }

    @Test
    void belongsToItsOwnerAlone() throws IOException {
        Path ledger = directory.resolve("a").resolve("b");
        try (RunJournal journal = RunJournal.create(ledger, run("r"))) {
            assertThat(permissions(ledger)).isEqualTo("rwx------");
            assertThat(permissions(journal.file())).isEqualTo("rw-------");
        }
    }

    @Test
    void leavesADirectoryThatIsThereAsItIs() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxr-x"));

        try (RunJournal journal = RunJournal.create(directory, run("r"))) {
            assertThat(permissions(directory)).isEqualTo("rwxrwxr-x");
            assertThat(permissions(journal.file())).isEqualTo("rw-------");
        }
    }

    @Test
    void isReadableByTheGroupThatItsDirectoryPassesOn() throws IOException {
        Files.setAttribute(directory, "unix:mode", 02770);

        try (RunJournal journal = RunJournal.create(directory, run("r"))) {
            assertThat(permissions(journal.file())).isEqualTo("rw-r-----");
        }
    }

    @Test
    void leavesNoEmptyFile() throws IOException {
        RunJournal journal = RunJournal.create(directory, run("r"));

        journal.close();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void takesTheNextNameWhereItsOwnIsTaken() throws IOException {
        try (RunJournal first = RunJournal.create(directory, run("r"));
                RunJournal second = RunJournal.create(directory, run("r"));
                RunJournal third = RunJournal.create(directory, run("r"))) {
            first.append(List.of(line(1)));
            second.append(List.of(line(2)));

            assertThat(name(first)).isEqualTo("20260301-120000-4711-r.jsonl");
            assertThat(name(second)).isEqualTo("20260301-120000-4711-r-2.jsonl");
            assertThat(name(third)).isEqualTo("20260301-120000-4711-r-3.jsonl");
            assertThat(Files.readString(first.file())).isEqualTo("{\"n\":1}\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "20260301-120000-4711, 20260301-120000-4711.jsonl",
        "../../etc/passwd, 20260301-120000-4711-..-..-etc-passwd.jsonl",
        "'über das Netz', 20260301-120000-4711--ber-das-Netz.jsonl",
        "/, 20260301-120000-4711--.jsonl",
        "CON, 20260301-120000-4711-CON.jsonl"
    })
    void staysInItsDirectoryWhateverTheRunIsCalled(String run, String file) throws IOException {
        try (RunJournal journal = RunJournal.create(directory, run(run))) {
            assertThat(journal.file().getParent()).isEqualTo(directory);
            assertThat(name(journal)).isEqualTo(file);
        }
    }

    @ParameterizedTest
    @CsvSource({"x", "20260301-120000-4711"})
    void cutsALongName(String begin) throws IOException {
        try (RunJournal journal = RunJournal.create(directory, run(begin + "x".repeat(300)))) {
            assertThat(name(journal)).hasSizeLessThan(100);
        }
    }

    @Test
    void namesTheDirectoryThatCannotBeMade() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> RunJournal.create(file.resolve("runs"), run("r")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void continuesWhereAnInterruptClosedItsFile() throws IOException {
        try (RunJournal journal = RunJournal.create(directory, run("r"))) {
            journal.append(List.of(line(1)));
            journal.close();

            journal.append(List.of(line(2)));

            assertThat(Files.readString(journal.file())).isEqualTo("{\"n\":1}\n{\"n\":2}\n");
        }
    }

    @Test
    void isForcedToTheDiskWhereAnInterruptClosedItsFile() throws IOException {
        try (RunJournal journal = RunJournal.create(directory, run("r"))) {
            journal.append(List.of(line(1)));
            journal.close();

            assertThatNoException().isThrownBy(journal::sync);
        }
    }

    @Test
    void followsNoLinkThatSomeonePutInItsPlace() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        Path ledger = Files.createDirectory(directory.resolve("runs"));
        Files.createSymbolicLink(ledger.resolve("20260301-120000-4711-r.jsonl"), elsewhere);

        try (RunJournal journal = RunJournal.create(ledger, run("r"))) {
            journal.append(List.of(line(1)));

            assertThat(name(journal)).isEqualTo("20260301-120000-4711-r-2.jsonl");
            assertThat(elsewhere).doesNotExist();
        }
    }

    @Test
    void reopensNoLinkInPlaceOfItsFile() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "{\"n\":1}\n");
        Path ledger = Files.createDirectory(directory.resolve("runs"));
        try (RunJournal journal = RunJournal.create(ledger, run("r"))) {
            journal.append(List.of(line(1)));
            journal.close();
            Files.delete(journal.file());
            Files.createSymbolicLink(journal.file(), elsewhere);

            assertThat(journal.state()).isEqualTo(JournalFileState.REPLACED);
            assertThatThrownBy(() -> journal.append(List.of(line(2)))).isInstanceOf(IOException.class);
            assertThat(elsewhere).hasContent("{\"n\":1}\n");
        }
    }

    @Test
    void writesAllOfAFileThatWasRemovedIntoANewOne() throws IOException {
        Path ledger = directory.resolve("a").resolve("b");
        RunJournal journal = RunJournal.create(ledger, run("r"));
        for (int i = 0; i < 20_000; i++) {
            journal.append(List.of(line(i)));
        }
        assertThat(journal.state()).isEqualTo(JournalFileState.UNCHANGED);
        String before = Files.readString(journal.file());
        Files.delete(journal.file());
        Files.delete(ledger);
        assertThat(journal.state()).isEqualTo(JournalFileState.REMOVED);
        journal.append(List.of(line(-1)));

        try (RunJournal renewed = journal.recreate()) {
            renewed.append(List.of(line(-2)));

            assertThat(renewed.file()).isEqualTo(journal.file());
            assertThat(Files.readString(renewed.file())).isEqualTo(before + "{\"n\":-1}\n{\"n\":-2}\n");
            assertThat(permissions(renewed.file())).isEqualTo("rw-------");
            assertThat(renewed.state()).isEqualTo(JournalFileState.UNCHANGED);
        }
    }

    @Test
    void seesThatItsFileWasCut() throws IOException {
        try (RunJournal journal = RunJournal.create(directory, run("r"))) {
            journal.append(List.of(line(1)));
            Files.write(journal.file(), new byte[0]);

            assertThat(journal.state()).isEqualTo(JournalFileState.TRUNCATED);

            journal.acceptTruncation();
            journal.append(List.of(line(2)));
            assertThat(journal.state()).isEqualTo(JournalFileState.UNCHANGED);
            assertThat(Files.readString(journal.file())).isEqualTo("{\"n\":2}\n");
        }
    }

    @Test
    void keepsWhatAnotherProgramAppended() throws IOException {
        try (RunJournal journal = RunJournal.create(directory, run("r"))) {
            journal.append(List.of(line(1)));
            Files.writeString(journal.file(), "theirs\n", StandardOpenOption.APPEND);

            journal.append(List.of(line(2)));

            assertThat(Files.readString(journal.file())).isEqualTo("{\"n\":1}\ntheirs\n{\"n\":2}\n");
        }
    }

    private static RunIdentity run(String name) {
        return new RunIdentity(
                name,
                Optional.empty(),
                Map.of(),
                "node-3",
                4711,
                "17.0.15",
                "0.1.0",
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    private static JsonObject line(int number) {
        JsonObject line = new JsonObject();
        line.addProperty("n", number);
        return line;
    }

    private static String name(RunJournal journal) {
        return journal.file().getFileName().toString();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
