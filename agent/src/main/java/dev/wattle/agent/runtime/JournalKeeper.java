/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.ledger.RunJournal;
import dev.wattle.core.report.JournalLines.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the run's journal from one thread: the first line, a checkpoint every {@value #PERIOD_SECONDS} s with what is new
 * since the last, the summary.
 *
 * <p>A disk that is full or gone is said once; the next checkpoint tries again.
 */
final class JournalKeeper {

    static final int PERIOD_SECONDS = 5;

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(PERIOD_SECONDS);

    private final Optional<RunJournal> journal;
    private final String place;
    private final Consumer<String> log;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile @Nullable Supplier<Batch> summary;
    private volatile @Nullable Thread keeper;
    private volatile boolean ended;
    private boolean failing;

    private JournalKeeper(Optional<RunJournal> journal, String place, Consumer<String> log) {
        this.journal = journal;
        this.place = place;
        this.log = log;
    }

    static JournalKeeper open(Optional<Path> directory, RunIdentity run, Consumer<String> log) {
        if (directory.isEmpty()) {
            return new JournalKeeper(Optional.empty(), "none (ledger=off, or no home directory)", log);
        }
        try {
            RunJournal journal = RunJournal.create(directory.get(), run);
            return new JournalKeeper(Optional.of(journal), journal.file().toString(), log);
        } catch (IOException | RuntimeException e) {
            log.accept("no journal: " + directory.get() + " cannot be written (" + e + "); ledger=DIR names another"
                    + " directory");
            return new JournalKeeper(Optional.empty(), "none: " + directory.get() + " cannot be written", log);
        }
    }

    /** Where the journal is, or why there is none. */
    String place() {
        return place;
    }

    /** Writes until {@link #finish} or {@link #end}, and closes the file; on the thread that keeps the journal. */
    void keep(Supplier<Batch> first, Supplier<Batch> checkpoint) {
        keeper = Thread.currentThread();
        append(first);
        long due = System.nanoTime() + PERIOD_NANOS;
        while (summary == null && !ended) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
                // A thread that stays interrupted does not park. Whoever interrupts all threads he finds means others.
                Thread.interrupted();
            } else {
                append(checkpoint);
                due = System.nanoTime() + PERIOD_NANOS;
            }
        }
        Supplier<Batch> last = summary;
        if (last != null) {
            append(last);
        }
        close();
        finished.countDown();
    }

    /** Has the journal closed as it stands, where there is no last line for it; does nothing after {@link #finish}. */
    void end() {
        ended = true;
        LockSupport.unpark(keeper);
    }

    /** Has the last line written, and waits for it no longer than given; from any other thread. */
    boolean finish(Supplier<Batch> last, long timeout, TimeUnit unit) throws InterruptedException {
        summary = last;
        LockSupport.unpark(keeper);
        return finished.await(timeout, unit);
    }

    private void append(Supplier<Batch> lines) {
        if (journal.isEmpty()) {
            return;
        }
        try {
            Batch batch = lines.get();
            journal.get().append(batch.lines());
            batch.whenWritten().run();
            failing = false;
        } catch (Throwable e) {
            // A training job may use up the heap and get over it; its journal should too.
            sayOnce(e);
        }
    }

    private void close() {
        try {
            if (journal.isPresent()) {
                journal.get().close();
            }
        } catch (IOException e) {
            sayOnce(e);
        }
    }

    private void sayOnce(Throwable why) {
        if (failing) {
            return;
        }
        failing = true;
        try {
            log.accept("the journal " + place + " could not be written: " + why + "; tried again every "
                    + PERIOD_SECONDS + " s");
        } catch (Throwable noMemoryForAMessage) {
            // The next line that can be written tells more than this one would.
        }
    }
}
