/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerfDataTest {
    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void readsTheTextsAmongTheNumbers(String order) {
        new PerfDataFile(order.equals("LITTLE_ENDIAN") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .number("sun.rt.createVmBeginTime", 17)
                .text("sun.rt.javaCommand", "com.example.Train --epochs 3")
                .number("sun.gc.cause", 1)
                .text("java.property.java.version", "17.0.15")
                .text("sun.rt.jvmCapabilities", "0100")
                .writeTo(temporary, 7);

        PerfData read = PerfData.of(temporary, 7).orElseThrow();

        assertThat(read.command()).hasValue("com.example.Train --epochs 3");
        assertThat(read.javaVersion()).hasValue("17.0.15");
        assertThat(read.isAttachable()).isFalse();
    }

    @Test
    void takesAJvmThatDoesNotSayForOneThatMayBeAttachedTo() {
        new PerfDataFile(ByteOrder.LITTLE_ENDIAN).writeTo(temporary, 7);

        PerfData read = PerfData.of(temporary, 7).orElseThrow();

        assertThat(read.isAttachable()).isTrue();
        assertThat(read.command()).isEmpty();
    }

    @Test
    void knowsNothingOfAJvmThatPublishesNothing() {
        assertThat(PerfData.of(temporary, 7)).isEmpty();
        assertThat(PerfData.of(temporary.resolve("nowhere"), 7)).isEmpty();
    }

    @Test
    void knowsNothingOfAFileThatIsCutShortWhereverThatMayBe() throws IOException {
        byte[] whole = new PerfDataFile(ByteOrder.LITTLE_ENDIAN)
                .text("sun.rt.javaCommand", "com.example.Train")
                .bytes();
        Path file = temporary.resolve("file");

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertThat(PerfData.read(file).flatMap(PerfData::javaVersion))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        Files.write(file, whole);
        assertThat(PerfData.read(file).flatMap(PerfData::command)).hasValue("com.example.Train");
    }

    @Test
    void knowsNothingOfAFileOfAnotherKindOrVersion() throws IOException {
        byte[] whole = new PerfDataFile(ByteOrder.LITTLE_ENDIAN).bytes();
        whole[5] = 3;
        Path file = Files.write(temporary.resolve("file"), whole);
        Path text = Files.writeString(temporary.resolve("text"), "not published by any virtual machine");

        assertThat(PerfData.read(file)).isEmpty();
        assertThat(PerfData.read(text)).isEmpty();
    }
}
