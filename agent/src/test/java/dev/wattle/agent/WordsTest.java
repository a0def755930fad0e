/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Documents, comments and messages use plain words. {@code words.tsv} lists words and phrases that are not, each with a better
 * one. The names of tests use plain words, too. To correct a finding, use the better word or write the sentence differently; where the word is right, as a technical term, put
 * it in backquotes or {@code}.
 */
class WordsTest {
    private static final Path ROOT = Path.of("..");

    /** What is checked: files, and directories with all that is below them. */
    private static final List<String> CHECKED = List.of(
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "docs",
            "core/src/main/java",
            "native-probes/src/main/java",
            "agent/src/main/java",
            "benchmarks/src/main/java",
            "examples");

    private static final List<Word> WORDS = words();

    private static final Pattern TEST_METHOD = Pattern.compile("\\bvoid ([a-z]\\w+)\\(");
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    /** A word or phrase, found in any case and across line breaks. */
    private record Word(String word, String instead, Pattern pattern) {
        static Word of(String line) {
            String[] cells = line.split("\t", -1);
            String phrase = String.join("[\\s*\"/]+", cells[0].split(" ", -1));
            return new Word(
                    cells[0],
                    cells[1],
                    Pattern.compile("(?<![\\w-])" + phrase + "(?![\\w-])", Pattern.CASE_INSENSITIVE));
        }
    }

    @Test
    void onlyPlainWordsAreUsed() {
        List<String> findings = new ArrayList<>();
        CHECKED.forEach(path -> files(ROOT.resolve(path)).forEach(file -> findings.addAll(findings(file))));

        assertThat(findings).isEmpty();
    }

    @Test
    void namesOfTestsUsePlainWords() {
        List<String> findings = new ArrayList<>();
        for (String module : List.of("core", "native-probes", "agent")) {
            files(ROOT.resolve(module + "/src/test/java")).forEach(file -> findings.addAll(namesOfTests(file)));
        }

        assertThat(findings).isEmpty();
    }

    @Test
    void findsAWordInTheNameOfATest() {
        assertThat(inProse("A.java", wordsOf("theyAreToldAllTheSame")))
                .containsExactlyInAnyOrder(
                        "A.java:1: all the same -> anyway", "A.java:1: told -> reported, recorded, marked");
    }

    @Test
    void findsAWordInCommentsAndMessagesAndNotInCode() {
        String java = """
                /** It is told {@code told} once. */
                String told = "told"; // and Told again
                String message = "what is known"
                        + " by its name";
                """;

        assertThat(findings("A.java", java))
                .containsExactlyInAnyOrder(
                        "A.java:1: told -> reported, recorded, marked",
                        "A.java:2: told -> reported, recorded, marked",
                        "A.java:3: known by its -> identified by its");
        assertThat(findings("a.md", "It is `told` or\n```\ntold\n```\ntold."))
                .containsExactly("a.md:5: told -> reported, recorded, marked");
    }

    @Test
    void theListIsSortedAndHasABetterWordForEach() {
        assertThat(WORDS).extracting(Word::word).isSorted().doesNotHaveDuplicates();
        assertThat(WORDS).extracting(Word::instead).doesNotContain("");
    }

    private static Stream<Path> files(Path path) {
        try (Stream<Path> below = Files.walk(path)) {
            return below
                    .filter(file ->
                            file.toString().endsWith(".java") || file.toString().endsWith(".md"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> findings(Path file) {
        return findings(ROOT.relativize(file).toString(), read(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> namesOfTests(Path file) {
        return TEST_METHOD
                .matcher(read(file))
                .results()
                .flatMap(name -> inProse(file.getFileName() + " " + name.group(1), wordsOf(name.group(1))).stream())
                .toList();
    }

    /** {@code isToldOnce} as the words "is told once". */
    private static String wordsOf(String name) {
        return CAPITAL.matcher(name).replaceAll(capital -> " " + capital.group().toLowerCase(Locale.ROOT));
    }

    private static List<String> findings(String name, String source) {
        return inProse(name, name.endsWith(".md") ? Prose.ofMarkdown(source) : Prose.ofJava(source));
    }

    private static List<String> inProse(String name, String prose) {
        List<String> findings = new ArrayList<>();
        for (Word word : WORDS) {
            Matcher matcher = word.pattern().matcher(prose);
            while (matcher.find()) {
                long line = 1
                        + prose.chars()
                                .limit(matcher.start())
                                .filter(c -> c == '\n')
                                .count();
                findings.add(name + ":" + line + ": " + word.word() + " -> " + word.instead());
            }
        }
        return findings;
    }

    private static List<Word> words() {
        try (InputStream in = WordsTest.class.getResourceAsStream("words.tsv")) {
            return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1))
                    .filter(line -> !line.isEmpty())
                    .map(Word::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
