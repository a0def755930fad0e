/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import dev.wattle.agent.premain.AttachRequest;
import dev.wattle.agent.premain.AttachResponse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The files with which another JVM gets its configuration and returns its response.
 *
 * <p>The JVM may belong to another user, who may want to harm root, who runs the tool. So the directory belongs to the tool:
 * the other user cannot add, replace or remove anything in it. Both files are created exclusively, while nobody else can
 * enter the directory. Then the user gets the files, without following links, and last the directory becomes passable. The
 * response is read from the file that was opened when it was created, not by its name. So it cannot be a link, pipe or
 * device. At most {@value #MAX_BYTES} bytes are read.
 *
 * <p>For one thread.
 */
final class ExchangeDirectory implements Closeable {
    /** Much more than any summary has. */
    static final int MAX_BYTES = 1 << 20;

    private static final List<String> FILES = List.of(AttachRequest.ARGUMENTS, AttachResponse.FILE);

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path directory;
    private final FileChannel answer;

    private ExchangeDirectory(Path directory, FileChannel answer) {
        this.directory = directory;
        this.answer = answer;
    }

    /**
     * Creates the files.
     *
     * @param user the JVM's user, if it is another user
     * @throws IOException if no directory is safe to use, or the files cannot be created
     */
    static ExchangeDirectory open(SafeDirectory places, String configuration, OptionalLong user) throws IOException {
        Path directory = Files.createTempDirectory(places.find(user.isPresent()), "wattle-", owners("rwx------"));
        ExchangeDirectory exchange = new ExchangeDirectory(directory, create(directory.resolve(AttachResponse.FILE)));
        try {
            exchange.write(configuration);
            if (user.isPresent()) {
                exchange.giveTo((int) user.getAsLong());
            }
            return exchange;
        } catch (IOException | RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    private void write(String configuration) throws IOException {
        try (FileChannel out = create(directory.resolve(AttachRequest.ARGUMENTS))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(configuration);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    private void giveTo(int user) throws IOException {
        for (String file : FILES) {
            Files.setAttribute(directory.resolve(file), "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** The name for the JVM. */
    String directory() {
        return directory.toString();
    }

    /**
     * The response; empty until it is complete.
     *
     * @throws IOException if the content is no response
     */
    Optional<AttachReport> answer() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(answer.size(), MAX_BYTES + 1L));
        while (bytes.hasRemaining() && answer.read(bytes, bytes.position()) > 0) {
            // Continue until the end.
        }
        bytes.flip();
        return AttachReport.parse(bytes, MAX_BYTES);
    }

    @Override
    public void close() {
        try {
            answer.close();
            for (String file : FILES) {
                Files.deleteIfExists(directory.resolve(file));
            }
            Files.deleteIfExists(directory);
        } catch (IOException leftForTheSystem) {
            // The system empties that directory.
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                owners("rw-------"));
    }

    private static FileAttribute<?>[] owners(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
