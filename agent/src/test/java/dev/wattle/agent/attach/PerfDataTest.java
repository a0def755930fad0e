/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.security.auth.module.UnixSystem;
import dev.wattle.agent.host.Tools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerfDataTest {
    @TempDir
    Path temporary;

    private LinuxProcess jvm;

    @BeforeEach
    void runAJvm() {
        jvm = new ProcTree(temporary.resolve("root")).jvm().process();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void readsTheTextsAmongTheNumbers(String order) {
        new PerfDataFile(order.equals("LITTLE_ENDIAN") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .number("sun.rt.createVmBeginTime", 17)
                .text("sun.rt.javaCommand", "com.example.Train --epochs 3")
                .number("sun.gc.cause", 1)
                .text("java.property.java.version", "17.0.15")
                .text("sun.rt.jvmCapabilities", "0100")
                .writeTo(temporary, ProcTree.JVM);

        PerfData read = PerfData.of(temporary, jvm).orElseThrow();

        assertThat(read.command()).hasValue("com.example.Train --epochs 3");
        assertThat(read.javaVersion()).hasValue("17.0.15");
        assertThat(read.isAttachable()).isFalse();
    }

    @Test
    void takesAJvmThatDoesNotSayForOneThatMayBeAttachedTo() {
        new PerfDataFile(ByteOrder.LITTLE_ENDIAN).writeTo(temporary, ProcTree.JVM);

        PerfData read = PerfData.of(temporary, jvm).orElseThrow();

        assertThat(read.isAttachable()).isTrue();
        assertThat(read.command()).isEmpty();
    }

    @Test
    void knowsNothingOfAJvmThatPublishesNothing() {
        assertThat(PerfData.of(temporary, jvm)).isEmpty();
        assertThat(PerfData.of(temporary.resolve("nowhere"), jvm)).isEmpty();
    }

    @Test
    void knowsNothingOfAFileThatIsTruncatedAtAnyByte() throws IOException {
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

    @Test
    void believesNoFileOfAnotherUser() throws IOException {
        Tools.need(new UnixSystem().getUid() == 0, "not root, so no file can be given to another user");
        Path file = published().writeTo(temporary, ProcTree.JVM);

        Files.setAttribute(file.getParent(), "unix:uid", (int) ProcTree.ANOTHER_USER);
        assertThat(PerfData.of(temporary, jvm)).as("another's directory").isEmpty();

        Files.setAttribute(file.getParent(), "unix:uid", (int) ProcTree.USER);
        assertThat(PerfData.of(temporary, jvm)).isPresent();

        Files.setAttribute(file, "unix:uid", (int) ProcTree.ANOTHER_USER);
        assertThat(PerfData.of(temporary, jvm)).as("another's file").isEmpty();
    }

    @Test
    void followsNoLink() throws IOException {
        Path elsewhere = published().writeTo(temporary.resolve("elsewhere"), ProcTree.JVM);
        Files.createSymbolicLink(temporary.resolve("hsperfdata_ada"), elsewhere.getParent());
        Path link = Files.createSymbolicLink(temporary.resolve("link"), elsewhere);

        assertThat(PerfData.of(temporary, jvm)).isEmpty();
        assertThat(PerfData.read(link)).isEmpty();
        assertThat(PerfData.read(elsewhere)).isPresent();
    }

    @Test
    void isNotHeldUpByAPipeThatNobodyWritesTo() {
        Path pipe = temporary.resolve("pipe");
        Tools.need("named pipes", Tools.program("mkfifo").toString(), pipe.toString());

        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertThat(PerfData.read(pipe)).isEmpty());
    }

    /** A name without an end at the start of many entries of one byte each took minutes, and all memory. */
    @Test
    void readsAFileThatIsMadeToTakeLongInNoTime() throws IOException {
        byte[] hostile = Arrays.copyOf(published().bytes(), 1 << 20);
        Arrays.fill(hostile, 32, hostile.length, (byte) 1);
        for (int i = 0; i < 16; i++) {
            hostile[28 + i % 4] = 0x7f;
        }
        Path file = Files.write(temporary.resolve("file"), hostile);

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(PerfData.read(file).flatMap(PerfData::command)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 12, 16})
    void livesThroughAnyNumberInTheHeadOfAnEntry(int field) throws IOException {
        for (int value : new int[] {Integer.MIN_VALUE, -1, 0, 1, 19, 20, 21, 1 << 20, Integer.MAX_VALUE}) {
            byte[] hostile = published().bytes();
            ByteBuffer.wrap(hostile).order(ByteOrder.LITTLE_ENDIAN).putInt(32 + field, value);
            Path file = Files.write(temporary.resolve("file"), hostile);

            assertThatCode(() -> PerfData.read(file)).doesNotThrowAnyException();
        }
    }

    private static PerfDataFile published() {
        return new PerfDataFile(ByteOrder.LITTLE_ENDIAN).text("sun.rt.javaCommand", "com.example.Train");
    }
}
