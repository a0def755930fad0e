/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a ledger, sorted by name. Immutable.
 *
 * @param files the journals: files named in the request, and those in its directories whose name ends in {@code .jsonl}
 * @param skipped what could not be searched
 */
public record LedgerFiles(List<Path> files, List<SkippedFile> skipped) {

    private static final String SUFFIX = ".jsonl";
    private static final int MAX_DEPTH = 16;

    /** What stands before a run's own name in that of its journal: date, time and process id. */
    private static final Pattern BEFORE_RUN = Pattern.compile("\\d{8}-\\d{6}-\\d+-");

    /**
     * Lists the files. Directories are searched with those inside them, {@value #MAX_DEPTH} levels deep, without following
     * links to directories; files whose name starts with a dot are left out. Each file appears once.
     *
     * @param places files and directories; what does not exist is skipped with a reason
     */
    public static LedgerFiles in(List<Path> places) {
        Set<Path> files = new TreeSet<>();
        List<SkippedFile> skipped = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                search(place, files, skipped);
            } else if (Files.exists(place)) {
                files.add(place.normalize());
            } else {
                skipped.add(new SkippedFile(place, "does not exist"));
            }
        }
        skipped.sort(Comparator.comparing(SkippedFile::file));
        return new LedgerFiles(List.copyOf(files), skipped);
    }

    /** The name of a journal: that of its file, without the ending. */
    public static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /**
     * The journals that a word names: those of this name or of a run of this name, else those whose name, or whose run's name,
     * starts so. Only the files' names are looked at.
     */
    public List<Path> named(String word) {
        List<Path> exact = files.stream()
                .filter(file -> nameOf(file).equals(word) || runOf(file).equals(word))
                .toList();
        return exact.isEmpty()
                ? files.stream()
                        .filter(file ->
                                nameOf(file).startsWith(word) || runOf(file).startsWith(word))
                        .toList()
                : exact;
    }

    private static String runOf(Path file) {
        Matcher before = BEFORE_RUN.matcher(nameOf(file));
        return before.lookingAt() ? nameOf(file).substring(before.end()) : nameOf(file);
    }

    private static void search(Path directory, Set<Path> files, List<SkippedFile> skipped) {
        try {
            // The link may be the directory that was named; only those below it are not followed.
            Path root = Files.isSymbolicLink(directory) ? directory.toRealPath() : directory.normalize();
            Files.walkFileTree(root, Set.of(), MAX_DEPTH, new Visitor(files, skipped));
        } catch (IOException | RuntimeException e) {
            skipped.add(new SkippedFile(
                    directory, "cannot be searched: " + e.getClass().getSimpleName()));
        }
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Set<Path> files;
        private final List<SkippedFile> skipped;

        private Visitor(Set<Path> files, List<SkippedFile> skipped) {
            this.files = files;
            this.skipped = skipped;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName());
            if (name.startsWith(".")) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isDirectory()) {
                skipped.add(new SkippedFile(file, "lies too deep and is not searched"));
            } else if (attributes.isSymbolicLink() && Files.isDirectory(file)) {
                skipped.add(new SkippedFile(file, "is a link to a directory and is not followed"));
            } else if (name.endsWith(SUFFIX)) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            skipped.add(new SkippedFile(file, "cannot be searched by this user"));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            if (e != null) {
                skipped.add(new SkippedFile(directory, "could not be searched to its end"));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
