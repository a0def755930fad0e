/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import dev.wattle.core.ledger.read.JournalContent;
import dev.wattle.core.ledger.read.JournalReader;
import dev.wattle.core.ledger.read.RecordedRun;
import dev.wattle.core.ledger.read.SkippedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all files of a ledger with a thread for each processor, at most {@value #MAX_THREADS}, and keeps a few
 * hundred bytes
 * of each. A run that is in two files is counted once. Immutable.
 *
 * @param entries the runs, in the order of their files
 * @param skipped files that are not counted, or not in full
 */
record LedgerRuns(List<LedgerEntry> entries, List<SkippedFile> skipped) {

    private static final int MAX_THREADS = 4;

    static LedgerRuns read(List<Path> files, Grouping grouping) throws InterruptedException {
        Reader reader = new Reader(files, grouping);
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            Thread thread = new Thread(reader, "wattle-ledger-" + i);
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        reader.run();
        for (Thread thread : others) {
            thread.join();
        }
        return withoutCopies(reader);
    }

    private static LedgerRuns withoutCopies(Reader reader) {
        List<SkippedFile> skipped = new ArrayList<>(reader.skipped);
        Map<Long, LedgerEntry> byIdentity = new HashMap<>();
        for (LedgerEntry entry : reader.entries) {
            if (entry != null) {
                LedgerEntry other = byIdentity.get(entry.identity());
                if (other == null) {
                    byIdentity.put(entry.identity(), entry);
                } else {
                    boolean isLonger = entry.seconds() > other.seconds() || (other.killed() && !entry.killed());
                    LedgerEntry counted = isLonger ? entry : other;
                    LedgerEntry copy = isLonger ? other : entry;
                    byIdentity.put(entry.identity(), counted);
                    skipped.add(new SkippedFile(
                            copy.file(), "has the same run as " + counted.file() + ", which is counted"));
                }
            }
        }
        List<LedgerEntry> entries = new ArrayList<>(byIdentity.size());
        for (LedgerEntry entry : reader.entries) {
            if (entry != null && byIdentity.get(entry.identity()) == entry) {
                entries.add(entry);
            }
        }
        return new LedgerRuns(entries, skipped);
    }

    private static final class Reader implements Runnable {
        private final List<Path> files;
        private final Grouping grouping;
        private final @Nullable LedgerEntry[] entries;
        private final List<SkippedFile> skipped = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger next = new AtomicInteger();

        /** One object for each text and each list that many runs have in common. */
        private final Map<Object, Object> shared = new ConcurrentHashMap<>();

        private Reader(List<Path> files, Grouping grouping) {
            this.files = files;
            this.grouping = grouping;
            this.entries = new LedgerEntry[files.size()];
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                JournalContent content = JournalReader.read(files.get(i));
                if (content instanceof RecordedRun run) {
                    run.damage()
                            .ifPresent(damage -> skipped.add(new SkippedFile(
                                    run.file(),
                                    damage + "; the run is counted with its last good "
                                            + (run.killed() ? "checkpoint" : "line, its summary"))));
                    entries[i] = new LedgerEntry(
                            run,
                            shared(grouping.rowOf(run)),
                            shared(run.identity().project().orElse("")),
                            shared(MeteredHardware.of(run)));
                } else if (content instanceof SkippedFile file) {
                    skipped.add(file);
                }
            }
        }

        @SuppressWarnings("unchecked")
        private <T> T shared(T value) {
            Object first = shared.putIfAbsent(value, value);
            return first == null ? value : (T) first;
        }
    }
}
