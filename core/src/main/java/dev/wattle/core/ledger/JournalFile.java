/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file to which whole lines are appended, and which only its owner may read, or its group where the directory passes its group
 * on. It is created without following links: in a
 * directory that others may write to, nobody can redirect the lines.
 *
 * <p>Keeps the length up to which all lines are whole, so that a write that a full disk cut short is removed before the next.
 * Not thread-safe.
 */
final class JournalFile implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 1_000;
    private static final int COPY_BYTES = 1 << 16;
    private static final int SET_GROUP_ID = 02000;
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path directory;
    private final Path path;

    /** The file's identity, where the file system has one. */
    private final String key;

    private FileChannel channel;

    /** All lines before this position are whole. */
    private long wholeBytes;

    /** The latest write failed and may have left a part of a line after {@link #wholeBytes}. */
    private boolean failed;

    /** The file may end in a part of a line that cannot be removed. */
    private boolean endsInPart;

    private JournalFile(Path directory, Path path, FileChannel channel) throws IOException {
        this.directory = directory;
        this.path = path;
        this.channel = channel;
        this.key = String.valueOf(attributes(path).fileKey());
    }

    /**
     * Creates the file {@code NAME.jsonl}, or {@code NAME-2.jsonl} and so on where that exists, and the directory where it is
     * missing.
     *
     * @throws IOException where the directory or the file cannot be created; its message names the path
     */
    static JournalFile create(Path directory, String name) throws IOException {
        Files.createDirectories(directory, ownerOnly("rwx------"));
        for (int attempt = 1; ; attempt++) {
            Path path = directory.resolve(name + (attempt == 1 ? "" : "-" + attempt) + ".jsonl");
            try {
                FileChannel channel = FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        ownerOnly("rw-------"));
                shareWithGroup(directory, path);
                return new JournalFile(directory, path, channel);
            } catch (FileAlreadyExistsException taken) {
                // Another run of the same name, process id and second, in another container.
                if (attempt == MAX_ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    Path path() {
        return path;
    }

    boolean isEmpty() {
        return wholeBytes == 0;
    }

    /** Compares the file on disk with what was written. */
    JournalFileState state() {
        BasicFileAttributes now;
        try {
            now = attributes(path);
        } catch (NoSuchFileException gone) {
            return JournalFileState.REMOVED;
        } catch (IOException | RuntimeException unknown) {
            return Files.isDirectory(directory) ? JournalFileState.UNCHANGED : JournalFileState.REMOVED;
        }
        // Some network file systems change the identity of a file that nobody replaced: its length must differ as well.
        if (!now.isRegularFile() || (!key.equals(String.valueOf(now.fileKey())) && now.size() != length())) {
            return JournalFileState.REPLACED;
        }
        return now.size() < wholeBytes ? JournalFileState.TRUNCATED : JournalFileState.UNCHANGED;
    }

    /** Appends all bytes, or none of them where that fails. */
    void append(byte[] lines) throws IOException {
        if (failed) {
            reopen();
        }
        try {
            write(lines);
        } catch (ClosedChannelException interrupted) {
            // Some programs interrupt all threads they find, and an interrupt closes a channel.
            Thread.interrupted();
            reopen();
            write(lines);
        }
    }

    /** Forces what was appended to the device. */
    void force() throws IOException {
        try {
            channel.force(false);
        } catch (ClosedChannelException interrupted) {
            Thread.interrupted();
            reopen();
            channel.force(false);
        }
    }

    /** Copies all whole lines of another file, which may have been removed while it was open; none where that fails. */
    void copy(JournalFile former) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(COPY_BYTES);
        while (wholeBytes < former.wholeBytes) {
            part.clear();
            part.limit((int) Math.min(COPY_BYTES, former.wholeBytes - wholeBytes));
            if (!former.read(part, wholeBytes)) {
                channel.truncate(0);
                wholeBytes = 0;
                return;
            }
            part.flip();
            writeAt(wholeBytes, part);
            wholeBytes += part.limit();
        }
    }

    /** Accepts that the file was truncated: what is appended next follows what is left. */
    void acceptTruncation() {
        wholeBytes = Math.min(wholeBytes, length());
        endsInPart = wholeBytes > 0;
    }

    /** Closes and deletes the file. Where that fails, an empty file is left, whose name is not used again. */
    void delete() {
        closeQuietly(channel);
        try {
            Files.deleteIfExists(path);
        } catch (IOException | RuntimeException left) {
            // Nothing else depends on it.
        }
    }

    /** A file without a whole line is deleted: its run never started. */
    @Override
    public void close() throws IOException {
        if (failed && !endsInPart) {
            removePart();
        }
        if (isEmpty() && (endsInPart || length() == 0) && state() == JournalFileState.UNCHANGED) {
            delete();
        } else {
            channel.close();
        }
    }

    /** Closes the file; nothing more can be done where that fails. */
    void closeQuietly() {
        closeQuietly(channel);
    }

    private void write(byte[] lines) throws IOException {
        if (failed && !endsInPart) {
            removePart();
        }
        long end = channel.size();
        ByteBuffer bytes = ByteBuffer.wrap(endsInPart && end > 0 ? afterLineBreak(lines) : lines);
        failed = true;
        writeAt(end, bytes);
        failed = false;
        endsInPart = false;
        wholeBytes = end + bytes.limit();
    }

    private void writeAt(long position, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, position + bytes.position());
        }
    }

    private boolean read(ByteBuffer part, long position) {
        try {
            return channel.read(part, position) > 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Where this fails too, the part of a line stays, and a reader skips it. */
    private void removePart() {
        try {
            channel.truncate(wholeBytes);
        } catch (IOException kept) {
            endsInPart = true;
        }
    }

    private static byte[] afterLineBreak(byte[] lines) {
        byte[] bytes = new byte[lines.length + 1];
        bytes[0] = '\n';
        System.arraycopy(lines, 0, bytes, 1, lines.length);
        return bytes;
    }

    /** Opens the file by its name, where it is still this one: a network file system may have lost the open handle. */
    private void reopen() throws IOException {
        if (state() != JournalFileState.UNCHANGED && channel.isOpen()) {
            return;
        }
        FileChannel again = FileChannel.open(
                path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        if (state() == JournalFileState.UNCHANGED) {
            closeQuietly(channel);
            channel = again;
        } else {
            closeQuietly(again);
        }
    }

    private long length() {
        try {
            return channel.size();
        } catch (IOException unknown) {
            return wholeBytes;
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // Its lines are in the new file, or are lost.
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** The setgid bit of a directory passes its group on to new files: then the group may read the journal. */
    private static void shareWithGroup(Path directory, Path file) {
        try {
            if (POSIX && ((Integer) Files.getAttribute(directory, "unix:mode") & SET_GROUP_ID) != 0) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            }
        } catch (IOException | RuntimeException keptByTheOwner) {
            // The file system has no such bits.
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
