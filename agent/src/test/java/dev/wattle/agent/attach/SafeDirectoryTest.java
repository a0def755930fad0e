/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import dev.wattle.agent.host.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeDirectoryTest {
    private static final int USER = (int) new UnixSystem().getUid();

    @TempDir
    Path root;

    private Path directory;

    @BeforeEach
    void makeOne() throws IOException {
        directory = Files.createDirectories(root.resolve("above").resolve("temporary"));
        mode(root, 0755);
        mode(directory, 0755);
    }

    @Test
    void takesADirectoryThatOnlyItsOwnerWritesIn() throws IOException {
        assertThat(find()).isEqualTo(directory);
    }

    @Test
    void takesADirectoryOfAllWhereEachMayRemoveTheirOwn() throws IOException {
        mode(directory, 01777);

        assertThat(find()).isEqualTo(directory);
    }

    @Test
    void passesOverADirectoryWhereAnybodyMayRenameWhatIsOthers() throws IOException {
        mode(directory, 0777);

        assertThatThrownBy(this::find)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("-Djava.io.tmpdir=DIR");
    }

    @Test
    void passesOverADirectoryThatCouldItselfBeReplaced() throws IOException {
        mode(Objects.requireNonNull(directory.getParent()), 0777);

        assertThatThrownBy(this::find).isInstanceOf(IOException.class);
    }

    @Test
    void passesOverADirectoryOfAnotherUser() throws IOException {
        Tools.need(USER == 0, "not root, so no file can be given to another user");
        Files.setAttribute(directory.getParent(), "unix:uid", 65_534);

        assertThatThrownBy(this::find).isInstanceOf(IOException.class);
    }

    @Test
    void skipsADirectoryThatAnotherUserCannotReach() throws IOException {
        mode(directory, 0700);
        SafeDirectory places = new SafeDirectory(List.of(directory, Path.of("/tmp")), USER);

        assertThat(places.find(false)).isEqualTo(directory);
        assertThat(places.find(true)).isEqualTo(Path.of("/tmp"));
    }

    @Test
    void takesTheNextWhereOneIsMissing() throws IOException {
        SafeDirectory places = new SafeDirectory(List.of(root.resolve("missing"), directory), USER);

        assertThat(places.find(false)).isEqualTo(directory);
    }

    private Path find() throws IOException {
        return new SafeDirectory(List.of(directory), USER).find(false);
    }

    private static void mode(Path directory, int mode) throws IOException {
        Files.setAttribute(directory, "unix:mode", mode);
    }
}
