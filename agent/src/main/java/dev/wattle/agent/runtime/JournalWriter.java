/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.report.json.JournalLines.Batch;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the run's journal from one thread: the first line, checkpoints at the times of {@link CheckpointSchedule}, epochs
 * soon after they end, and the summary. {@link JournalFile} handles failures.
 */
final class JournalWriter {
    /** Epochs that end in quick succession share a write. */
    private static final long EPOCH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final JournalFile file;
    private final FinalBatch finalBatch = new FinalBatch();
    private final CheckpointSchedule schedule = new CheckpointSchedule(System.nanoTime());

    private volatile boolean hasEpochs;
    private volatile boolean ended;
    private volatile @Nullable Thread thread;

    private JournalWriter(JournalFile file) {
        this.file = file;
    }

    /** @param directory where to create the file; empty for no journal */
    static JournalWriter open(Optional<Path> directory, RunIdentity run, Consumer<String> log) {
        return new JournalWriter(JournalFile.open(directory, run, log));
    }

    /** The lines to write. Called on the thread of the journal. */
    interface Content {
        /** The first line of the file, as things are now. */
        Batch firstLine();

        /** The epochs without a line yet; may be empty. */
        Batch epochs();

        Batch checkpoint();
    }

    /** The path of the file, with a note where its latest lines are missing; or why there is no file. */
    String place() {
        return file.place();
    }

    /**
     * Writes the first line and a checkpoint, for a program that is killed while the rest of the meter starts; forces
     * nothing to the disk. On the thread of the journal, before {@link #run}.
     */
    void writeFirstCheckpoint(Content content) {
        if (file.append(content::firstLine, content::checkpoint)) {
            schedule.written(System.nanoTime());
        }
    }

    /** An epoch has ended; from any thread, and never waits. */
    void epochEnded() {
        hasEpochs = true;
        LockSupport.unpark(thread);
    }

    /** Writes until {@link #finish} or {@link #end}, and closes the file. The calling thread is that of the journal. */
    void run(Content content) {
        thread = Thread.currentThread();
        // Made once, with nothing between here and a catch: the heap may be full at any time.
        Supplier<Batch> firstLine = content::firstLine;
        Supplier<Batch> checkpoint = content::checkpoint;
        Supplier<Batch> epochs = content::epochs;
        long epochsNanos = System.nanoTime() - EPOCH_NANOS;
        while (!finalBatch.isOffered() && !ended) {
            long now = System.nanoTime();
            long wait = schedule.waitNanos(now);
            if (wait <= 0) {
                checkpoint(firstLine, checkpoint);
            } else if (hasEpochs && now - epochsNanos >= EPOCH_NANOS) {
                hasEpochs = false;
                epochsNanos = now;
                file.append(firstLine, epochs);
            } else {
                LockSupport.parkNanos(this, hasEpochs ? Math.min(wait, epochsNanos + EPOCH_NANOS - now) : wait);
                // A thread that stays interrupted does not park, and an interrupt of all threads is meant for others.
                Thread.interrupted();
            }
        }
        Supplier<Batch> last = finalBatch.take();
        if (last != null) {
            checkpoint(firstLine, last);
        }
        file.close();
        finalBatch.done();
    }

    private void checkpoint(Supplier<Batch> firstLine, Supplier<Batch> lines) {
        file.appendAndSync(firstLine, lines);
        schedule.written(System.nanoTime());
    }

    /**
     * Closes the journal without a final batch: at once where no thread runs it yet, else soon. Does nothing after {@link
     * #finish}.
     */
    void end() {
        ended = true;
        Thread running = thread;
        if (running == null) {
            file.close();
        } else {
            LockSupport.unpark(running);
        }
    }

    /**
     * Has the final batch written and waits for that; from any other thread.
     *
     * @return what is wrong with it, for a message; empty where it is written or its failure has been reported
     */
    Optional<String> finish(Supplier<Batch> lines, long timeout, TimeUnit unit) throws InterruptedException {
        finalBatch.offer(lines);
        LockSupport.unpark(thread);
        return finalBatch
                .await(unit.toNanos(timeout))
                .map(what -> "the journal's last line " + what + " (" + file.place() + ")");
    }
}
