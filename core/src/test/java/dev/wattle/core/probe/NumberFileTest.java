/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFileTest {

    @TempDir
    Path zone;

    @ParameterizedTest
    @CsvSource({
        "'262143328850\n', 262143328850",
        "'0\n', 0",
        "'0001', 1",
        "'9223372036854775807\n', 9223372036854775807",
        "'12345678901 99 7 and much more that does not matter\n', 12345678901"
    })
    void readsTheNumberTheFileBeginsWith(String content, long number) throws IOException {
        try (NumberFile file = fileOf(content)) {
            assertThat(file.read()).isTrue();
            assertThat(file.value()).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                " 5",
                "-5",
                "package-0",
                "9223372036854775808",
                "18446744073709551615",
                "99999999999999999999999999999999999999"
            })
    void failsWhereThereIsNoNumberItCanHold(String content) throws IOException {
        try (NumberFile file = fileOf(content)) {
            assertThat(file.read()).isFalse();
        }
    }

    @Test
    void failsForAFileThatIsMissing() {
        try (NumberFile file = new NumberFile(zone.resolve("energy_uj").toFile())) {
            assertThat(file.read()).isFalse();
        }
    }

    @Test
    void failsForADirectory() {
        try (NumberFile file = new NumberFile(zone.toFile())) {
            assertThat(file.read()).isFalse();
        }
    }

    @Test
    void readsTheNewNumberEachTime() throws IOException {
        try (NumberFile file = fileOf("100\n")) {
            file.read();
            write("42\n");

            assertThat(file.read()).isTrue();
            assertThat(file.value()).isEqualTo(42);
        }
    }

    @Test
    void readsAFileThatAppearsLater() throws IOException {
        try (NumberFile file = new NumberFile(zone.resolve("energy_uj").toFile())) {
            file.read();
            write("7\n");

            assertThat(file.read()).isTrue();
            assertThat(file.value()).isEqualTo(7);
        }
    }

    @Test
    void opensAReplacedFileAfterAFailure() throws IOException {
        try (NumberFile file = fileOf("7\n")) {
            file.read();
            write("");
            assertThat(file.read()).isFalse();
            Files.delete(zone.resolve("energy_uj"));
            write("9\n");

            assertThat(file.read()).isTrue();
            assertThat(file.value()).isEqualTo(9);
        }
    }

    @Test
    void mayBeClosedTwice() throws IOException {
        NumberFile file = fileOf("7\n");
        file.read();
        file.close();
        file.close();

        assertThat(file.read()).isTrue();
        file.close();
    }

    private NumberFile fileOf(String content) throws IOException {
        write(content);
        return new NumberFile(zone.resolve("energy_uj").toFile());
    }

    private void write(String content) throws IOException {
        Files.writeString(zone.resolve("energy_uj"), content);
    }
}
