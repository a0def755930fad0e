/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what {@code java} runs, in the words of its command line. */
final class MainClassResolver {
    private static final Set<String> TAKE_THE_NEXT_WORD = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--enable-native-access",
            "--limit-modules",
            "--add-exports",
            "--add-opens",
            "--add-reads",
            "--patch-module",
            "--source");

    private MainClassResolver() {}

    /** The main class, the jar, or the module and its main class; empty if it is in an argument file. */
    static Optional<String> of(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-jar") || word.equals("-m") || word.equals("--module")) {
                return i + 1 < words.size() ? Optional.of(words.get(i + 1)) : Optional.empty();
            }
            if (TAKE_THE_NEXT_WORD.contains(word)) {
                i++;
            } else if (word.startsWith("@")) {
                return Optional.empty();
            } else if (!word.startsWith("-")) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }
}
