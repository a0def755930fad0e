/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger;

import com.google.gson.JsonObject;
import dev.wattle.core.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A run's file of JSON objects, one on each line, which are only appended.
 *
 * <p>Lines are passed to the operating system in one write, so that a JVM killed at any instant leaves every earlier line
 * whole. {@link #sync} forces them to the device, for a machine that loses power. Where another program removes, replaces or
 * truncates the file, {@link #state} reports it, and {@link #recreate} writes the lines to a new file.
 *
 * <p>Not thread-safe. An interrupt of the calling thread delays nothing and stays set.
 */
public final class RunJournal implements AutoCloseable {

    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern UNSAFE_IN_A_FILE_NAME = Pattern.compile("[^A-Za-z0-9._-]+");
    private static final int MAX_NAME = 60;

    private final Path directory;
    private final RunIdentity run;
    private final JournalFile file;

    private RunJournal(Path directory, RunIdentity run) throws IOException {
        this.directory = directory;
        this.run = run;
        this.file = JournalFile.create(directory, fileName(run));
    }

    /**
     * Creates the file of a run, and its directory where that is missing.
     *
     * @param directory the ledger
     * @throws IOException where the directory or the file cannot be created; its message names the path
     */
    public static RunJournal create(Path directory, RunIdentity run) throws IOException {
        return new RunJournal(directory, run);
    }

    /** Start time, process id, and the run's name unless it is that already. */
    private static String fileName(RunIdentity run) {
        String generated = FILE_TIME.format(run.started()) + "-" + run.pid();
        String name = UNSAFE_IN_A_FILE_NAME.matcher(run.run()).replaceAll("-");
        return name.startsWith(generated)
                ? generated
                : generated + "-" + name.substring(0, Math.min(name.length(), MAX_NAME));
    }

    /** The path of the file. */
    public Path file() {
        return file.path();
    }

    /** Whether no line has been written yet. */
    public boolean isEmpty() {
        return file.isEmpty();
    }

    /** Whether another program has changed the file since it was created. */
    public JournalFileState state() {
        return file.state();
    }

    /**
     * Makes a new file of this run in the same directory, with all lines of this one that can still be read, and closes this
     * one.
     *
     * @throws IOException where that fails; this journal stays open, and a later call can copy what is appended to it
     */
    public RunJournal recreate() throws IOException {
        RunJournal recreated = create(directory, run);
        try {
            recreated.file.copy(file);
        } catch (IOException | RuntimeException e) {
            recreated.file.delete();
            throw e;
        }
        file.closeQuietly();
        return recreated;
    }

    /** Accepts that the file was truncated: what is appended next follows what is left. */
    public void acceptTruncation() {
        file.acceptTruncation();
    }

    /**
     * Appends lines in one write.
     *
     * @throws IOException where they could not be written; then none of them is in the file
     */
    public void append(List<JsonObject> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(JsonText.of(line)).append('\n'));
        boolean interrupted = Thread.interrupted();
        try {
            file.append(text.toString().getBytes(StandardCharsets.UTF_8));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Forces what was appended to the device.
     *
     * @throws IOException where that fails. The lines are in the file in any case, and another call would not report whether
     *     they are on the device
     */
    public void sync() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            file.force();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
