/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger;

import com.google.gson.JsonObject;
import dev.wattle.core.json.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A run's file: JSON objects, one a line, only ever appended to.
 *
 * <p>Lines are handed to the operating system in one write, so that a JVM killed at any instant leaves every line before it
 * whole; {@link #sync} forces them to the device, for a machine that loses power. A write that a full disk cuts short is
 * taken back. Only the run's owner may read the file, and it is created without following links: in a directory that others
 * may write to, nobody can have our lines go elsewhere.
 *
 * <p>The file can be removed, replaced or cut by somebody else while the run goes on: {@link #fate} finds that out, and
 * {@link #renewed} writes it anew.
 *
 * <p>For one thread. An interrupt of that thread delays nothing and stays set.
 */
public final class RunJournal implements AutoCloseable {

    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern UNSAFE_IN_A_FILE_NAME = Pattern.compile("[^A-Za-z0-9._-]+");

    private static final int MAX_NAME = 60;

    private static final int MAX_ATTEMPTS = 1_000;

    private static final int COPY_BYTES = 1 << 16;

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path directory;
    private final RunIdentity run;
    private final Path file;

    /** The file's identity, where the file system tells one. */
    private final String key;

    private FileChannel channel;

    /** Up to here all lines are whole. */
    private long wholeBytes;

    /** The last write failed, and may have left a part of a line behind {@link #wholeBytes}. */
    private boolean failed;

    /** What the file ends with may be a part of a line, and is not ours to take back. */
    private boolean endsInPart;

    private RunJournal(Path directory, RunIdentity run, Path file, FileChannel channel) throws IOException {
        this.directory = directory;
        this.run = run;
        this.file = file;
        this.channel = channel;
        this.key = String.valueOf(attributes(file).fileKey());
    }

    /**
     * Creates the file of a run, and its directory where that is missing.
     *
     * @param directory where the journals lie
     * @throws IOException where the directory or the file cannot be made; its message names the path
     */
    public static RunJournal create(Path directory, RunIdentity run) throws IOException {
        Files.createDirectories(directory, ownerOnly("rwx------"));
        String name = FILE_TIME.format(run.started()) + "-" + run.pid();
        String given = UNSAFE_IN_A_FILE_NAME.matcher(run.run()).replaceAll("-");
        if (!given.startsWith(name)) {
            name = name + "-" + given.substring(0, Math.min(given.length(), MAX_NAME));
        }
        for (int attempt = 1; ; attempt++) {
            Path file = directory.resolve(name + (attempt == 1 ? "" : "-" + attempt) + ".jsonl");
            try {
                FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        ownerOnly("rw-------"));
                return new RunJournal(directory, run, file, channel);
            } catch (FileAlreadyExistsException taken) {
                // Another run of the same name, process and second, in another container: take the next name.
                if (attempt == MAX_ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    /** Where the run is written down. */
    public Path file() {
        return file;
    }

    /** Whether no line has been written yet. */
    public boolean isEmpty() {
        return wholeBytes == 0;
    }

    /** What somebody else has done to the file. */
    public enum Fate {
        /** It is there, with all that was written. */
        KEPT("is as it was"),
        /** It is no longer there; its directory may be gone, too. */
        REMOVED("was removed"),
        /** Something else has its name. */
        REPLACED("was replaced by another file"),
        /** It is shorter than what was written. */
        CUT("was cut short");

        private final String words;

        Fate(String words) {
            this.words = words;
        }

        /** The end of a sentence that begins with the file. */
        public String words() {
            return words;
        }
    }

    /** Looks what somebody else has done to the file since it was created. */
    public Fate fate() {
        BasicFileAttributes now;
        try {
            now = attributes(file);
        } catch (NoSuchFileException gone) {
            return Fate.REMOVED;
        } catch (IOException | RuntimeException unknown) {
            return Files.isDirectory(directory) ? Fate.KEPT : Fate.REMOVED;
        }
        // Some network file systems change a file's identity while it lies there: its length must differ as well.
        if (!now.isRegularFile() || (!key.equals(String.valueOf(now.fileKey())) && now.size() != length())) {
            return Fate.REPLACED;
        }
        return now.size() < wholeBytes ? Fate.CUT : Fate.KEPT;
    }

    /**
     * A new file of this run in the same directory, with all lines of this one that can still be read; this one is closed.
     *
     * @throws IOException where that is not possible; this one stays open, and what is appended to it can be had later
     */
    public RunJournal renewed() throws IOException {
        RunJournal renewed = create(directory, run);
        try {
            renewed.takeOver(this);
        } catch (IOException | RuntimeException e) {
            renewed.remove();
            throw e;
        }
        closeQuietly(channel);
        return renewed;
    }

    /** A file that was removed while it is open can be read up to its end; what cannot be read is left out. */
    private void takeOver(RunJournal former) throws IOException {
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

    private boolean read(ByteBuffer part, long position) {
        try {
            return channel.read(part, position) > 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void remove() {
        closeQuietly(channel);
        try {
            Files.deleteIfExists(file);
        } catch (IOException | RuntimeException left) {
            // An empty file stays; its name is not taken again.
        }
    }

    /** What was cut off is given up: what is appended next is at the end of what is left. */
    public void acceptCut() {
        wholeBytes = Math.min(wholeBytes, length());
        endsInPart = wholeBytes > 0;
    }

    /**
     * Appends lines in one write.
     *
     * @throws IOException where they could not be written; none of them is in the file then
     */
    public void append(List<JsonObject> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(JsonText.of(line)).append('\n'));
        boolean interrupted = Thread.interrupted();
        try {
            append(text.toString().getBytes(StandardCharsets.UTF_8));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void append(byte[] bytes) throws IOException {
        if (failed) {
            reopen();
        }
        try {
            write(bytes);
        } catch (ClosedChannelException interruptedNow) {
            // Some programs interrupt all threads they find, and a channel is closed by that.
            Thread.interrupted();
            reopen();
            write(bytes);
        }
    }

    private void write(byte[] bytes) throws IOException {
        if (failed && !endsInPart) {
            takePartBack();
        }
        long end = channel.size();
        ByteBuffer text = ByteBuffer.wrap(endsInPart && end > 0 ? closedOff(bytes) : bytes);
        failed = true;
        writeAt(end, text);
        failed = false;
        endsInPart = false;
        wholeBytes = end + text.limit();
    }

    private void writeAt(long position, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, position + bytes.position());
        }
    }

    /** Where that fails, too, the part stays, and a reader skips it. */
    private void takePartBack() {
        try {
            channel.truncate(wholeBytes);
        } catch (IOException kept) {
            endsInPart = true;
        }
    }

    private static byte[] closedOff(byte[] bytes) {
        byte[] closed = new byte[bytes.length + 1];
        closed[0] = '\n';
        System.arraycopy(bytes, 0, closed, 1, bytes.length);
        return closed;
    }

    /** A network file system may have forgotten what was open; the file by its name, if it is still ours, is as good. */
    private void reopen() throws IOException {
        if (fate() != Fate.KEPT && channel.isOpen()) {
            return;
        }
        FileChannel again = FileChannel.open(
                file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        if (fate() == Fate.KEPT) {
            closeQuietly(channel);
            channel = again;
        } else {
            closeQuietly(again);
        }
    }

    /**
     * Forces what was appended to the device.
     *
     * @throws IOException where that failed; the lines are in the file all the same, and trying again would tell nothing
     */
    public void sync() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            force();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void force() throws IOException {
        try {
            channel.force(false);
        } catch (ClosedChannelException interruptedNow) {
            Thread.interrupted();
            reopen();
            channel.force(false);
        }
    }

    private long length() {
        try {
            return channel.size();
        } catch (IOException unknown) {
            return wholeBytes;
        }
    }

    @Override
    public void close() throws IOException {
        if (failed && !endsInPart) {
            takePartBack();
        }
        channel.close();
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException nothingLeftToDo) {
            // What it held is in the new file, or cannot be had.
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
