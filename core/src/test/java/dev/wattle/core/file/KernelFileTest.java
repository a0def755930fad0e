/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelFileTest {

    @TempDir
    Path zone;

    @ParameterizedTest
    @CsvSource({
        "'262143328850\n', 262143328850",
        "'0\n', 0",
        "'0001', 1",
        "'999999999999999999\n', 999999999999999999",
        "' 5\n', 5",
        "'5 \t\n', 5",
        "'\t5\r\n', 5",
        "'5\r', 5",
        "'5\u0000', 5",
        "'5\n\u0000\u0000', 5",
        "'12345678901\n99 left over from a longer number', 12345678901"
    })
    void readsTheNumberTheFileStartsWith(String content, long number) throws IOException {
        try (KernelFile file = fileOf(content)) {
            assertThat(file.refresh()).isTrue();
            assertThat(file.onlyNumber()).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "-5",
                "0x",
                "0x1f",
                "1.5",
                "unsupported",
                "5 6",
                "5\r6",
                "\u00005",
                "00000000000000000000000000000001",
                "package-0",
                "9223372036854775808",
                "18446744073709551615",
                "99999999999999999999999999999999999999"
            })
    void failsWhereThereIsNoNumberItCanHold(String content) throws IOException {
        try (KernelFile file = fileOf(content)) {
            assertThat(file.refresh() ? file.onlyNumber() : KernelFile.NONE).isEqualTo(KernelFile.NONE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "'\r\n', is empty",
        "'-5\n', holds no number of this kind: '-5'",
        "'0x', holds no number of this kind: '0x'",
        "'unsupported\n', holds no number of this kind: 'unsupported'",
        "'18446744073709551615\n', holds a number beyond 63 bits: '18446744073709551615'",
        "'\u0001\u00e9', holds no number of this kind: '???'"
    })
    void reportsWhatItHoldsInsteadOfANumber(String content, String trouble) throws IOException {
        try (KernelFile file = fileOf(content)) {
            file.refresh();

            assertThat(file.trouble()).isEqualTo(zone.resolve("energy_uj") + " " + trouble);
        }
    }

    @Test
    void aNumberIsNoTrouble() throws IOException {
        try (KernelFile file = fileOf("5\n")) {
            file.refresh();

            assertThat(file.trouble()).isEmpty();
        }
    }

    @Test
    void findsTheFileThatWasRenamedIntoThePlaceOfTheOneThatIsOpen() throws IOException {
        try (KernelFile file = fileOf("100\n")) {
            for (int reading = 0; reading < 5; reading++) {
                file.refresh();
            }
            assertThat(file.wasReplaced()).isFalse();
            rename("200\n");
            for (int reading = 0; reading < 16; reading++) {
                file.refresh();
            }

            assertThat(file.onlyNumber()).isEqualTo(200);
            assertThat(file.wasReplaced()).isTrue();
        }
    }

    @Test
    void followsEveryRenameOnceItHasSeenOne() throws IOException {
        try (KernelFile file = fileOf("100\n")) {
            file.refresh();
            rename("200\n");
            while (!file.wasReplaced()) {
                file.refresh();
            }
            for (int number = 201; number < 300; number++) {
                rename(number + "\n");
                Files.setLastModifiedTime(zone.resolve("energy_uj"), FileTime.fromMillis(number));
                file.refresh();

                assertThat(file.onlyNumber()).isEqualTo(number);
            }
        }
    }

    @Test
    void findsACopyThatKeepsTheDateOfItsOriginal() throws IOException {
        try (KernelFile file = fileOf("100\n")) {
            Files.setLastModifiedTime(zone.resolve("energy_uj"), FileTime.fromMillis(0));
            for (int copy = 1; copy < 4; copy++) {
                rename(copy + "\n");
                Files.setLastModifiedTime(zone.resolve("energy_uj"), FileTime.fromMillis(0));
                for (int reading = 0; reading < 16; reading++) {
                    file.refresh();
                }

                assertThat(file.onlyNumber()).isEqualTo(copy);
            }
        }
    }

    @Test
    void failsOnceTheFileIsGoneAndReadsTheOneThatTakesItsPlace() throws IOException {
        try (KernelFile file = fileOf("100\n")) {
            file.refresh();
            Files.delete(zone.resolve("energy_uj"));
            boolean failed = false;
            for (int reading = 0; reading < 16; reading++) {
                failed |= !file.refresh();
            }
            assertThat(failed).isTrue();
            write("7\n");

            assertThat(file.refresh()).isTrue();
            assertThat(file.onlyNumber()).isEqualTo(7);
        }
    }

    @Test
    void failsForAFileThatIsMissing() {
        try (KernelFile file = new KernelFile(zone.resolve("energy_uj"), 32)) {
            assertThat(file.refresh()).isFalse();
        }
    }

    @Test
    void failsForADirectory() {
        try (KernelFile file = new KernelFile(zone, 32)) {
            assertThat(file.refresh()).isFalse();
        }
    }

    @Test
    void readsTheNewNumberEachTime() throws IOException {
        try (KernelFile file = fileOf("100\n")) {
            file.refresh();
            write("42\n");

            assertThat(file.refresh()).isTrue();
            assertThat(file.onlyNumber()).isEqualTo(42);
        }
    }

    @Test
    void readsAFileThatAppearsLater() throws IOException {
        try (KernelFile file = new KernelFile(zone.resolve("energy_uj"), 32)) {
            file.refresh();
            write("7\n");

            assertThat(file.refresh()).isTrue();
            assertThat(file.onlyNumber()).isEqualTo(7);
        }
    }

    @Test
    void opensAReplacedFileAfterAFailure() throws IOException {
        try (KernelFile file = fileOf("7\n")) {
            file.refresh();
            write("");
            assertThat(file.refresh()).isFalse();
            Files.delete(zone.resolve("energy_uj"));
            write("9\n");

            assertThat(file.refresh()).isTrue();
            assertThat(file.onlyNumber()).isEqualTo(9);
        }
    }

    @Test
    void mayBeClosedTwice() throws IOException {
        KernelFile file = fileOf("7\n");
        file.refresh();
        file.close();
        file.close();

        assertThat(file.refresh()).isTrue();
        file.close();
    }

    private KernelFile fileOf(String content) throws IOException {
        write(content);
        return new KernelFile(zone.resolve("energy_uj"), 32);
    }

    private void rename(String content) throws IOException {
        Path other = Files.writeString(zone.resolve("energy_uj.new"), content);
        Files.move(other, zone.resolve("energy_uj"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void write(String content) throws IOException {
        Files.writeString(zone.resolve("energy_uj"), content);
    }
}
