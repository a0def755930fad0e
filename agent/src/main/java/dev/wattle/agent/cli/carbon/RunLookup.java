/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.core.ledger.read.JournalContent;
import dev.wattle.core.ledger.read.JournalReader;
import dev.wattle.core.ledger.read.LedgerFiles;
import dev.wattle.core.ledger.read.RecordedRun;
import dev.wattle.core.ledger.read.SkippedFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds a metered run: a journal, or in the ledger a run's name, or the start of one name only. The name of a journal is
 * {@code DATE-TIME-PID-RUN.jsonl} or {@code DATE-TIME-PID.jsonl}, so that only the one journal is read. Immutable.
 *
 * @param ledger the directory of journals; empty where there is none
 */
record RunLookup(Optional<Path> ledger) {
    private static final int SHOWN = 4;

    RecordedRun find(String word) throws UsageException {
        Path file = file(word);
        JournalContent content = JournalReader.read(file);
        if (content instanceof SkippedFile skipped) {
            throw new UsageException(EstimateArguments.printable(file.toString()) + " " + skipped.reason());
        }
        return (RecordedRun) content;
    }

    private Path file(String word) throws UsageException {
        Optional<Path> named = existing(word);
        if (named.isPresent()) {
            return named.get();
        }
        if (ledger.isEmpty()) {
            refuseWhatIsNoFile(word);
            throw new UsageException("no file '" + EstimateArguments.shown(word)
                    + "', and no ledger: name its directory with --ledger DIR");
        }
        if (Files.exists(ledger.get()) && !Files.isDirectory(ledger.get())) {
            throw new UsageException(
                    "--ledger: " + EstimateArguments.printable(String.valueOf(ledger.get())) + " is not a directory");
        }
        LedgerFiles journals = LedgerFiles.in(List.of(ledger.get()));
        List<Path> all = journals.files();
        List<Path> matches = journals.named(word);
        if (matches.size() > 1) {
            throw new UsageException("'" + EstimateArguments.shown(word) + "' may be " + names(matches)
                    + "; write the whole name, or the file");
        }
        if (matches.isEmpty()) {
            refuseWhatIsNoFile(word);
            throw new UsageException("no run '" + EstimateArguments.shown(word) + "' in " + ledger.get()
                    + (all.isEmpty() ? ", which has no journals" : "; there are " + names(latest(all)))
                    + "; --ledger DIR names another directory");
        }
        return matches.get(0);
    }

    private static Optional<Path> existing(String word) {
        try {
            Path path = Path.of(word);
            return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static void refuseWhatIsNoFile(String word) throws UsageException {
        boolean exists;
        try {
            exists = Files.exists(Path.of(word));
        } catch (InvalidPathException noPath) {
            return;
        }
        if (exists && !word.isEmpty()) {
            throw new UsageException("--from: " + EstimateArguments.shown(word) + " is not a regular file");
        }
    }

    private static List<Path> latest(List<Path> files) {
        return files.subList(Math.max(0, files.size() - SHOWN), files.size());
    }

    private static String names(List<Path> files) {
        return files.stream().limit(SHOWN).map(LedgerFiles::nameOf).collect(Collectors.joining(", "))
                + (files.size() > SHOWN ? " and " + (files.size() - SHOWN) + " more" : "");
    }
}
