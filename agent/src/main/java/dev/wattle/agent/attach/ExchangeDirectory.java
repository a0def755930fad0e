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
 * The files through which another JVM is handed its configuration and answers.
 *
 * <p>The JVM may be another user's, and that user may mean harm to root, who calls the tool. So the directory stays the
 * tool's: its user can neither add, replace nor remove anything in it. Both files are made in there exclusively, while
 * nobody else can get in, and given to that user without following links; last of all the directory is opened for passing
 * through. The answer is read from the file that was opened when it was made and not by its name again, so that it can be
 * no link, pipe or device, and no more than {@value #MOST_BYTES} bytes of it are.
 *
 * <p>For one thread.
 */
final class ExchangeDirectory implements Closeable {
    /** Far more than any summary has. */
    static final int MOST_BYTES = 1 << 20;

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
     * Makes the files.
     *
     * @param user whose JVM it is, where that is another user
     * @throws IOException where no directory is safe to use, or the files cannot be made
     */
    static ExchangeDirectory open(SafeDirectory places, String configuration, OptionalLong user) throws IOException {
        Path directory = Files.createTempDirectory(places.find(user.isPresent()), "wattle-", owners("rwx------"));
        ExchangeDirectory exchange = new ExchangeDirectory(directory, create(directory.resolve(AttachResponse.FILE)));
        try {
            exchange.write(configuration);
            if (user.isPresent()) {
                exchange.give((int) user.getAsLong());
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

    private void give(int user) throws IOException {
        for (String file : FILES) {
            Files.setAttribute(directory.resolve(file), "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** The name that the JVM is told. */
    String directory() {
        return directory.toString();
    }

    /**
     * The answer once it is whole, empty until then.
     *
     * @throws IOException where what was written there is no answer
     */
    Optional<AttachReport> answer() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(answer.size(), MOST_BYTES + 1L));
        while (bytes.hasRemaining() && answer.read(bytes, bytes.position()) > 0) {
            // Reads on.
        }
        bytes.flip();
        return AttachReport.parse(bytes, MOST_BYTES);
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
            // It is in a directory that the system empties.
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
