/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import com.google.gson.JsonObject;
import dev.wattle.core.ledger.JournalFileState;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.ledger.RunJournal;
import dev.wattle.core.report.json.JournalLines.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The file of a run's journal. Recovers from what happens to it: a full disk, a directory that is removed, a file that
 * another program replaced or cut. Each series of failures is reported once. Every checkpoint tries again, and restores what
 * was lost where that is possible.
 *
 * <p>For the one thread that writes the journal, except {@link #place}. No method but {@link #open} throws.
 */
final class JournalFile {
    private static final String RETRIED = "; tried again every " + CheckpointSchedule.LONGEST_SECONDS + " s";
    private static final String ELSEWHERE = "; ledger=DIR names another directory";

    /** A disk that fails and recovers all day long is reported this often. */
    private static final int MAX_REPORTS = 20;

    private final Optional<Path> directory;
    private final RunIdentity run;
    private final Consumer<String> log;

    private @Nullable RunJournal journal;
    private boolean needsFirstLine = true;
    private boolean failing;
    private boolean syncFailed;
    private int reports;

    private volatile String place = "none (ledger=off, or no home directory)";
    private volatile boolean lacksLines;

    private JournalFile(Optional<Path> directory, RunIdentity run, Consumer<String> log) {
        this.directory = directory;
        this.run = run;
        this.log = log;
    }

    /** Creates the file, where there is a directory for it. */
    static JournalFile open(Optional<Path> directory, RunIdentity run, Consumer<String> log) {
        JournalFile file = new JournalFile(directory, run, log);
        directory.ifPresent(file::create);
        return file;
    }

    /** The path of the file, with a note where its latest lines are missing; or why there is no file. Thread-safe. */
    String place() {
        return lacksLines ? place + ", without its latest lines, which could not be written" : place;
    }

    /** Restores the file if need be, appends the lines and forces them to the disk. */
    void appendAndSync(Supplier<Batch> firstLine, Supplier<Batch> lines) {
        try {
            if (directory.isPresent() && restore(directory.get()) && append(firstLine, lines)) {
                sync();
            }
        } catch (Throwable noMemory) {
            // Not even for a message. The next checkpoint may have room.
        }
    }

    /**
     * Appends lines, with the run's first line before them where the file lacks it.
     *
     * @return whether they were written
     */
    boolean append(Supplier<Batch> firstLine, Supplier<Batch> lines) {
        RunJournal open = journal;
        if (open == null) {
            return false;
        }
        try {
            List<JsonObject> all = new ArrayList<>();
            if (needsFirstLine) {
                Batch first = firstLine.get();
                all.addAll(first.lines());
                // Before the next batch is made, which leaves out what the first line contains. If writing fails, the
                // next attempt makes a first line of its own.
                first.whenWritten().run();
            }
            Batch batch = lines.get();
            all.addAll(batch.lines());
            open.append(all);
            needsFirstLine = false;
            lacksLines = false;
            batch.whenWritten().run();
            if (failing) {
                failing = false;
                report("the journal " + place + " is written again");
            }
            return true;
        } catch (Throwable e) {
            writeFailed(e);
            return false;
        }
    }

    void close() {
        try {
            if (journal != null) {
                journal.close();
            }
        } catch (IOException e) {
            fail("the journal " + place + " could not be closed: " + e);
        }
    }

    /** Makes sure that there is a file to append to; false where there is none. */
    private boolean restore(Path ledger) {
        RunJournal open = journal;
        try {
            if (open == null) {
                return create(ledger);
            }
            JournalFileState state = open.state();
            if (state == JournalFileState.UNCHANGED) {
                return true;
            }
            if (state == JournalFileState.TRUNCATED) {
                open.acceptTruncation();
                needsFirstLine = true;
                report("the journal " + open.file()
                        + " was cut short by another program; the run continues in it, but the lines that were cut off"
                        + " are lost");
                return true;
            }
            return restoreLines(open, state);
        } catch (Throwable e) {
            // A training job may use up the heap and recover; so should its journal.
            writeFailed(e);
            return false;
        }
    }

    private boolean create(Path ledger) {
        try {
            journal = RunJournal.create(ledger, run);
            place = journal.file().toString();
            if (failing) {
                report("the journal is written from now on: " + place);
                failing = false;
            }
            return true;
        } catch (IOException | RuntimeException e) {
            lacksLines = false;
            place = "none: " + ledger + " cannot be written";
            fail("no journal: " + ledger + " cannot be written (" + e + ")" + RETRIED + ELSEWHERE);
            return false;
        }
    }

    private boolean restoreLines(RunJournal lost, JournalFileState state) {
        String what = "the journal " + lost.file() + " " + state.description();
        try {
            RunJournal renewed = lost.recreate();
            journal = renewed;
            place = renewed.file().toString();
            needsFirstLine = renewed.isEmpty();
            failing = false;
            report(what + "; it is restored" + (renewed.file().equals(lost.file()) ? "" : " as " + place)
                    + (needsFirstLine ? ", from here on" : ", with all its lines"));
            return true;
        } catch (IOException | RuntimeException e) {
            lacksLines = false;
            place = "none: " + lost.file() + " " + state.description() + " and could not be restored";
            fail(what + " and could not be restored (" + e + ")" + RETRIED + ELSEWHERE);
            return false;
        }
    }

    /** Reports a failed sync once: the lines are in the system's cache, and writing them again would double them. */
    private void sync() {
        RunJournal open = journal;
        try {
            if (open != null) {
                open.sync();
            }
        } catch (Throwable e) {
            if (!syncFailed) {
                syncFailed = true;
                report("the journal " + place + " is written, but could not be forced to the disk (" + e
                        + "): where the machine loses power, its last lines may be missing");
            }
        }
    }

    private void writeFailed(Throwable e) {
        lacksLines = journal != null;
        try {
            fail("the journal " + place + " could not be written: " + e + RETRIED);
        } catch (Throwable noMemory) {
            // Not even for a message. What is not written now is in the next checkpoint.
        }
    }

    private void fail(String line) {
        if (!failing) {
            failing = true;
            report(line);
        }
    }

    private void report(String line) {
        if (reports == MAX_REPORTS) {
            return;
        }
        reports++;
        try {
            log.accept(line);
        } catch (Throwable noMemoryForAMessage) {
            // The next line that can be written says more.
        }
    }
}
