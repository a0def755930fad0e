/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        "'12345678901\n99 left over from a longer number', 12345678901"
    })
    void readsTheNumberTheFileBeginsWith(String content, long number) throws IOException {
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

    private void write(String content) throws IOException {
        Files.writeString(zone.resolve("energy_uj"), content);
    }
}
