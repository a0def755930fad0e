/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger;

import com.google.gson.JsonObject;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A run's file: JSON objects, one a line, only ever appended to.
 *
 * <p>Lines are handed to the operating system in one write and forced to the device, so that a JVM killed at any instant
 * leaves every line before it whole, and so does a machine that loses power. A line cut short by a full disk is closed
 * off before the next one: a reader skips what it cannot parse. Only the run's owner may read the file.
 *
 * <p>For one thread.
 */
public final class RunJournal implements AutoCloseable {

    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern UNSAFE_IN_A_FILE_NAME = Pattern.compile("[^A-Za-z0-9._-]+");

    private static final int MAX_NAME = 60;

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path file;
    /** No channel, nor a stream over one: an interrupt would close it, and some programs interrupt all threads. */
    private final FileOutputStream out;

    private boolean cutShort;

    private RunJournal(Path file, FileOutputStream out) {
        this.file = file;
        this.out = out;
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
                Files.createFile(file, ownerOnly("rw-------"));
                return new RunJournal(file, new FileOutputStream(file.toFile(), true));
            } catch (FileAlreadyExistsException taken) {
                // Another run of the same name, process and second, in another container: take the next name.
            }
        }
    }

    /** Where the run is written down. */
    public Path file() {
        return file;
    }

    /**
     * Appends lines in one write and forces them to the device.
     *
     * @throws IOException where they could not be written whole; the lines before them stand, and maybe some of them
     */
    public void append(List<JsonObject> lines) throws IOException {
        StringBuilder text = new StringBuilder(cutShort ? "\n" : "");
        lines.forEach(line -> text.append(line).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        cutShort = true;
        out.write(bytes);
        cutShort = false;
        out.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
