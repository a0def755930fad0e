/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.ledger.detail.RunDetailFile;
import dev.wattle.core.ledger.read.LedgerFiles;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds a run by what a person writes: a journal file, a name in the ledger, or the start of one name only.
 *
 * @param ledger the directory of journals; empty where there is none
 */
record RunFinder(Optional<Path> ledger) {

    private static final int MAX_SHOWN = 5;

    /**
     * Reads the run.
     *
     * @throws IllegalArgumentException with a line for a person where there is no such run, or more than one
     */
    RunDetail find(String word) {
        Path file = fileOf(word);
        RunDetailFile.Content content = RunDetailFile.read(file);
        return content.run()
                .orElseThrow(() -> new IllegalArgumentException(
                        file + " " + content.problem().orElse("is no journal of a run")));
    }

    /**
     * The file of the run, which may not be a journal.
     *
     * @throws IllegalArgumentException with a line for a person where there is no such run, or more than one
     */
    Path fileOf(String word) {
        Optional<Path> file = existing(word);
        if (file.isPresent()) {
            return file.get();
        }
        if (ledger.isEmpty()) {
            throw new IllegalArgumentException("no file '" + word + "', and the ledger is off");
        }
        LedgerFiles journals = LedgerFiles.in(List.of(ledger.get()));
        List<Path> named = journals.named(word);
        if (named.size() == 1) {
            return named.get(0);
        }
        throw new IllegalArgumentException(named.isEmpty() ? unknown(word, journals.files()) : ambiguous(word, named));
    }

    private static Optional<Path> existing(String word) {
        try {
            Path path = Path.of(word);
            return Files.exists(path) && !Files.isDirectory(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private String unknown(String word, List<Path> files) {
        List<Path> latest = files.subList(Math.max(0, files.size() - MAX_SHOWN), files.size());
        return "no run '" + word + "' in " + ledger.orElseThrow()
                + (files.isEmpty() ? ", which has no journals" : "; among others there are " + names(latest))
                + "; write the path of its file";
    }

    private static String ambiguous(String word, List<Path> similar) {
        return "'" + word + "' is the start of " + similar.size() + " runs: "
                + names(similar.subList(0, Math.min(MAX_SHOWN, similar.size())))
                + (similar.size() > MAX_SHOWN ? ", ..." : "") + "; write more of the name, or the file";
    }

    private static String names(List<Path> files) {
        return files.stream().map(LedgerFiles::nameOf).collect(Collectors.joining(", "));
    }

    /** Reads several runs, in their order. */
    List<RunDetail> findAll(List<String> words) {
        List<RunDetail> runs = new ArrayList<>();
        for (String word : words) {
            runs.add(find(word));
        }
        return runs;
    }
}
