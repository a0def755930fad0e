/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachResponseTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void createTheToolsFile() throws IOException {
        file = Files.createFile(directory.resolve(AttachResponse.FILE));
    }

    @Test
    void writesTheAnswerAfterTheLinesForTheUserAndLeavesNothingElse() throws IOException {
        AttachResponse response = AttachResponse.into(directory.toFile());
        response.note("port 9474 is busy");
        response.note("two\nlines");

        assertThat(response.done("metering cpu\njournal none\n")).isTrue();

        assertThat(file).hasContent("done 2 54\nport 9474 is busy\ntwo lines\nmetering cpu\njournal none\n");
        assertThat(Files.list(directory)).hasSize(1);
    }

    @Test
    void countsTheFirstAnswerOnly() {
        AttachResponse response = AttachResponse.into(directory.toFile());

        assertThat(response.refuse("no")).isTrue();
        assertThat(response.done("yes")).isFalse();

        assertThat(file).hasContent("refused 0 2\nno");
    }

    @Test
    void returnsFalseWhenTheToolIsGone() {
        AttachResponse response = AttachResponse.into(directory.resolve("gone").toFile());

        assertThat(response.done("yes")).isFalse();
    }

    @Test
    void createsNoFileAndChangesNoFileThatIsNotEmpty() throws IOException {
        Files.delete(file);
        assertThat(AttachResponse.into(directory.toFile()).done("yes")).isFalse();
        assertThat(Files.list(directory)).isEmpty();

        Path another = Files.writeString(directory.resolve("another"), "of root's");
        Files.createSymbolicLink(file, another);
        assertThat(AttachResponse.into(directory.toFile()).done("yes")).isFalse();
        assertThat(another).hasContent("of root's");
    }

    @Test
    void refusesAConfigurationThatIsTooLong() throws IOException {
        try (RandomAccessFile arguments =
                new RandomAccessFile(directory.resolve(AttachRequest.ARGUMENTS).toFile(), "rw")) {
            arguments.setLength(1L << 40);
        }

        assertThatThrownBy(() -> AttachRequest.of(AttachRequest.attach(directory.toString())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 1048576 bytes");
    }

    @Test
    void hasNoToolWithoutARequest() throws IOException {
        AttachRequest flag = AttachRequest.of("zone=FR");

        assertThat(flag.arguments()).isEqualTo("zone=FR");
        assertThat(flag.isDetach()).isFalse();
        assertThat(flag.response().isAwaited()).isFalse();
        assertThat(flag.response().refuse("no")).isFalse();
    }

    @Test
    void readsTheConfigurationFromTheToolsDirectory() throws IOException {
        Files.writeString(directory.resolve(AttachRequest.ARGUMENTS), "project=Äpfel,zone=FR");

        AttachRequest attach = AttachRequest.of(AttachRequest.attach(directory.toString()));

        assertThat(attach.arguments()).isEqualTo("project=Äpfel,zone=FR");
        assertThat(attach.isDetach()).isFalse();
        assertThat(attach.response().isAwaited()).isTrue();
    }

    @Test
    void detachesWithoutAnyConfiguration() throws IOException {
        AttachRequest detach = AttachRequest.of(AttachRequest.detach(directory.toString()));

        assertThat(detach.isDetach()).isTrue();
        assertThat(detach.arguments()).isNull();
        assertThat(detach.response().isAwaited()).isTrue();
    }
}
