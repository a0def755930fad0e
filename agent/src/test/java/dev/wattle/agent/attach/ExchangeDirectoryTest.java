/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.premain.AttachRequest;
import dev.wattle.agent.premain.AttachResponse;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeDirectoryTest {
    private ExchangeDirectory exchange;
    private Path directory;

    @BeforeEach
    void open() throws IOException {
        exchange = ExchangeDirectory.open(SafeDirectory.ofThisProcess(), "zone=FR", OptionalLong.empty());
        directory = Path.of(exchange.directory());
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    @Test
    void holdsTheConfigurationAndAnEmptyAnswerForTheOwnerOnly() throws IOException {
        assertThat(directory.resolve(AttachRequest.ARGUMENTS)).hasContent("zone=FR");
        assertThat(directory.resolve(AttachResponse.FILE)).isEmptyFile();
        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve(AttachRequest.ARGUMENTS))).isEqualTo("rw-------");
        assertThat(permissions(directory.resolve(AttachResponse.FILE))).isEqualTo("rw-------");
    }

    @Test
    void givesAnotherUserTheFilesAndNeverTheDirectory() throws IOException {
        Tools.need(new UnixSystem().getUid() == 0, "not root, so no file can be given to another user");
        try (ExchangeDirectory another =
                ExchangeDirectory.open(SafeDirectory.ofThisProcess(), "zone=FR", OptionalLong.of(65_534))) {
            Path its = Path.of(another.directory());

            assertThat(Files.getAttribute(its, "unix:uid")).isEqualTo(0);
            assertThat(permissions(its)).isEqualTo("rwx--x--x");
            assertThat(Files.getAttribute(its.resolve(AttachRequest.ARGUMENTS), "unix:uid"))
                    .isEqualTo(65_534);
            assertThat(Files.getAttribute(its.resolve(AttachResponse.FILE), "unix:uid"))
                    .isEqualTo(65_534);
        }
    }

    @Test
    void takesAnAnswerOnceItIsWhole() throws IOException {
        assertThat(exchange.answer()).isEmpty();
        write("done 1 22");
        assertThat(exchange.answer()).isEmpty();
        write("done 1 22\na note\nmeteri");
        assertThat(exchange.answer()).isEmpty();
        write("done 1 22\na note\nmetering cpu\nü");
        assertThat(exchange.answer()).hasValue(new AttachReport(true, List.of("a note"), List.of("metering cpu", "ü")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "done\n",
                "done 1\n",
                "done 0 99999999999999999999\n",
                "done -1 2\nno",
                "done 0 -2\nno",
                "done 2 2\nno",
                "yes 0 2\nno",
                "a line that goes on and on and never comes to an end",
                "done 0 1048576\nlonger than is taken"
            })
    void refusesWhatIsNoAnswer(String text) throws IOException {
        write(text);

        assertThatThrownBy(exchange::answer).isInstanceOf(IOException.class);
    }

    @Test
    void takesNoMoreThanItsBoundHoweverLongTheFileIs() throws IOException {
        write("done 0 999999999\n");
        try (RandomAccessFile endless =
                new RandomAccessFile(directory.resolve(AttachResponse.FILE).toFile(), "rw")) {
            endless.setLength(1L << 40);
        }

        assertThatThrownBy(exchange::answer).hasMessageContaining("longer than 1048576 bytes");
    }

    @Test
    void readsTheFileItMadeWhateverStandsUnderItsNameThen() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "done 0 6\nsecret");
        Files.delete(directory.resolve(AttachResponse.FILE));
        Files.createSymbolicLink(directory.resolve(AttachResponse.FILE), secret);

        assertThat(exchange.answer()).isEqualTo(Optional.empty());
        Files.delete(secret);
    }

    @Test
    void leavesNothingBehind() {
        exchange.close();

        assertThat(directory).doesNotExist();
    }

    private void write(String answer) throws IOException {
        Files.writeString(directory.resolve(AttachResponse.FILE), answer);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
