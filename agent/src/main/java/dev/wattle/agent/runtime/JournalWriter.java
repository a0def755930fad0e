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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the run's journal from one thread: the first line, checkpoints as {@link CheckpointSchedule} has them, epochs as
 * soon as they have ended, the summary.
 *
 * <p>A disk that is full, a directory that is gone or a file that somebody replaced is reported once; each further
 * checkpoint tries again, and writes anew what was lost where that is possible.
 */
final class JournalWriter {

    private static final String RETRIED = "; tried again every " + CheckpointSchedule.LONGEST_SECONDS + " s";
    private static final String ELSEWHERE = "; ledger=DIR names another directory";

    /** Epochs that end in quick succession share a write. */
    private static final long NEWS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A disk that fails and recovers all day long is no news. */
    private static final int MAX_LINES = 20;

    private final Optional<Path> directory;
    private final RunIdentity run;
    private final Consumer<String> log;

    private @Nullable RunJournal journal;
    private boolean headMissing = true;
    private boolean failing;
    private boolean unsynced;
    private int saidLines;

    private volatile String place;
    private volatile boolean hasNews;
    private volatile boolean ended;
    private volatile @Nullable Thread keeper;
    private volatile boolean lacksLines;
    private final LastLine last = new LastLine();
    private final CheckpointSchedule schedule = new CheckpointSchedule(System.nanoTime());

    private JournalWriter(Optional<Path> directory, RunIdentity run, String place, Consumer<String> log) {
        this.directory = directory;
        this.run = run;
        this.place = place;
        this.log = log;
    }

    static JournalWriter open(Optional<Path> directory, RunIdentity run, Consumer<String> log) {
        JournalWriter keeper = new JournalWriter(directory, run, "none (ledger=off, or no home directory)", log);
        directory.ifPresent(keeper::create);
        return keeper;
    }

    /** What is written. Called on the thread that keeps the journal. */
    interface Content {
        /** The first line of the file, as things are now. */
        Batch run();

        /** What is new but for a checkpoint; maybe nothing. */
        Batch news();

        Batch checkpoint();
    }

    /** Where the journal is and whether it lacks what came last, or why there is none. */
    String place() {
        return lacksLines ? place + ", without its latest lines, which could not be written" : place;
    }

    /**
     * Writes the first line and a checkpoint, so that a program that is killed while the rest of the meter starts has them,
     * and forces nothing to the disk; on the thread that is to keep the journal, before {@link #keep}.
     */
    void begin(Content content) {
        if (append(content, content::checkpoint)) {
            schedule.written(System.nanoTime());
        }
    }

    /** An epoch has ended; from any thread, and never waits. */
    void news() {
        hasNews = true;
        LockSupport.unpark(keeper);
    }

    /** Writes until {@link #finish} or {@link #end}, and closes the file; on the thread that keeps the journal. */
    void keep(Content content) {
        keeper = Thread.currentThread();
        // Made once, and nothing else is between here and what catches: the heap may be full at any time.
        Supplier<Batch> checkpoint = content::checkpoint;
        Supplier<Batch> news = content::news;
        long newsNanos = System.nanoTime() - NEWS_NANOS;
        while (!last.isWanted() && !ended) {
            long now = System.nanoTime();
            long wait = schedule.waitNanos(now);
            if (wait <= 0) {
                checkpoint(content, checkpoint);
            } else if (hasNews && now - newsNanos >= NEWS_NANOS) {
                hasNews = false;
                newsNanos = now;
                append(content, news);
            } else {
                LockSupport.parkNanos(this, hasNews ? Math.min(wait, newsNanos + NEWS_NANOS - now) : wait);
                // A thread that stays interrupted does not park. Whoever interrupts all threads he finds means others.
                Thread.interrupted();
            }
        }
        Supplier<Batch> lines = last.take();
        if (lines != null) {
            checkpoint(content, lines);
        }
        close();
        last.written();
    }

    /**
     * Has the journal closed as it stands, where there is no last line for it: at once where nobody keeps it yet. Does
     * nothing after {@link #finish}.
     */
    void end() {
        ended = true;
        Thread running = keeper;
        if (running == null) {
            close();
        } else {
            LockSupport.unpark(running);
        }
    }

    /**
     * Has the last line written, and waits for it no longer than given; from any other thread.
     *
     * @return what is wrong with the last line; empty where it is written or its failure has been reported
     */
    Optional<String> finish(Supplier<Batch> lines, long timeout, TimeUnit unit) throws InterruptedException {
        last.want(lines);
        LockSupport.unpark(keeper);
        return last.await(unit.toNanos(timeout)).map(what -> "the journal's last line " + what + " (" + place + ")");
    }

    private void checkpoint(Content content, Supplier<Batch> lines) {
        try {
            if (directory.isPresent() && restore(directory.get()) && append(content, lines)) {
                sync();
            }
        } catch (Throwable noMemory) {
            // Not even for the line that says so. The next checkpoint may have room.
        }
        schedule.written(System.nanoTime());
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
                headMissing = true;
                say("the journal " + open.file()
                        + " was cut short by somebody else; the run goes on in it, but what was" + " cut off is lost");
                return true;
            }
            return renew(open, state);
        } catch (Throwable e) {
            // A training job may use up the heap and get over it; its journal should too.
            failWriting(e);
            return false;
        }
    }

    private boolean create(Path ledger) {
        try {
            journal = RunJournal.create(ledger, run);
            place = journal.file().toString();
            if (failing) {
                say("the journal is written from now on: " + place);
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

    private boolean renew(RunJournal lost, JournalFileState state) {
        String what = "the journal " + lost.file() + " " + state.description();
        try {
            RunJournal renewed = lost.recreate();
            journal = renewed;
            place = renewed.file().toString();
            headMissing = renewed.isEmpty();
            failing = false;
            say(what + "; it is written anew" + (renewed.file().equals(lost.file()) ? "" : " as " + place)
                    + (headMissing ? ", from here on" : ", with all that it held"));
            return true;
        } catch (IOException | RuntimeException e) {
            lacksLines = false;
            place = "none: " + lost.file() + " " + state.description() + " and could not be written anew";
            fail(what + " and could not be written anew (" + e + ")" + RETRIED + ELSEWHERE);
            return false;
        }
    }

    private boolean append(Content content, Supplier<Batch> lines) {
        RunJournal open = journal;
        if (open == null) {
            return false;
        }
        try {
            List<JsonObject> all = new ArrayList<>();
            if (headMissing) {
                Batch head = content.run();
                all.addAll(head.lines());
                // Before what follows is made, which leaves out what the head holds. The next attempt has a head of its
                // own.
                head.whenWritten().run();
            }
            Batch batch = lines.get();
            all.addAll(batch.lines());
            open.append(all);
            headMissing = false;
            lacksLines = false;
            batch.whenWritten().run();
            if (failing) {
                failing = false;
                say("the journal " + place + " is written again");
            }
            return true;
        } catch (Throwable e) {
            failWriting(e);
            return false;
        }
    }

    private void failWriting(Throwable e) {
        lacksLines = journal != null;
        try {
            fail("the journal " + place + " could not be written: " + e + RETRIED);
        } catch (Throwable noMemory) {
            // Not even for the line that says so. What is not written now is in the next checkpoint.
        }
    }

    /** What a failed sync leaves in the system's cache it reports once; to write the lines again would double them. */
    private void sync() {
        RunJournal open = journal;
        try {
            if (open != null) {
                open.sync();
            }
        } catch (Throwable e) {
            if (!unsynced) {
                unsynced = true;
                say("the journal " + place + " is written, but could not be forced to the disk (" + e
                        + "): where the machine loses power, its last lines may be missing");
            }
        }
    }

    private void close() {
        try {
            if (journal != null) {
                journal.close();
            }
        } catch (IOException e) {
            fail("the journal " + place + " could not be closed: " + e);
        }
    }

    private void fail(String line) {
        if (!failing) {
            failing = true;
            say(line);
        }
    }

    private void say(String line) {
        if (saidLines == MAX_LINES) {
            return;
        }
        saidLines++;
        try {
            log.accept(line);
        } catch (Throwable noMemoryForAMessage) {
            // The next line that can be written tells more than this one would.
        }
    }
}
