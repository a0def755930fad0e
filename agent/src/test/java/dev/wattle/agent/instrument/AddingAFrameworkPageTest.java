/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.bridge.TrainingBridge;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the page's framework, instruments it with the page's file, trains it, and compares with the page's list. */
class AddingAFrameworkPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs").resolve("adding-a-framework.md");
    private static final Pattern SOURCE = Pattern.compile("```java (\\S+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern MARKED = Pattern.compile("```\\n(RUN_START.*?)```", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("`((?:agent|core)/src/[^`]+)`");

    private final Recording recorded = new Recording();
    private final List<String> logged = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void disconnect() {
        TrainingBridge.connect(null);
    }

    @Test
    void marksTheBoundariesThatThePageLists() throws Exception {
        train(3);

        assertThat(recorded.lines)
                .map(line -> line.replaceFirst(" of \\d+", ""))
                .containsExactly(matches(MARKED).get(0).group(1).strip().split("\n"));
        assertThat(logged).isEmpty();
    }

    @Test
    void stopsAfterAnEpoch() throws Exception {
        recorded.stop = true;

        train(100);

        assertThat(recorded.lines)
                .filteredOn(line -> line.startsWith("EPOCH_END"))
                .hasSize(1);
    }

    @Test
    void namesFilesThatExist() throws Exception {
        List<String> files =
                matches(FILE).stream().map(match -> match.group(1)).distinct().toList();

        assertThat(files)
                .hasSizeGreaterThan(4)
                .allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
    }

    private void train(int epochs) throws Exception {
        compile();
        List<TrainingPoint> points = points();
        ClassWeaver weaver = new ClassWeaver(
                points.stream().collect(Collectors.groupingBy(TrainingPoint::className)),
                framework -> {},
                new Findings(logged::add));
        try (WovenJars framework = new WovenJars(new URL[] {directory.toUri().toURL()}, weaver)) {
            TrainingBridge.connect(recorded);
            Class<?> batch = framework.loadClass("acme.Batch");
            List<Object> data = List.of(
                    batch.getConstructor(int.class).newInstance(16),
                    batch.getConstructor(int.class).newInstance(8));
            Class<?> learner = framework.loadClass("acme.Learner");
            learner.getMethod("fit", List.class, int.class)
                    .invoke(learner.getConstructor().newInstance(), data, epochs);
        }
    }

    /** Defines the file's class in this package and loader, where it can access the weaver's classes. */
    private List<TrainingPoint> points() throws Exception {
        byte[] bytes = Files.readAllBytes(directory.resolve("dev/wattle/agent/instrument/AcmePoints.class"));
        Class<?> file;
        try {
            file = MethodHandles.lookup().defineClass(bytes);
        } catch (LinkageError alreadyDefined) {
            file = Class.forName("dev.wattle.agent.instrument.AcmePoints");
        }
        Field field = file.getDeclaredField("POINTS");
        List<TrainingPoint> points = new ArrayList<>();
        for (Object point : (List<?>) field.get(null)) {
            points.add((TrainingPoint) point);
        }
        return points;
    }

    private void compile() throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        matches(SOURCE).forEach(match -> sources.put(match.group(1), match.group(2)));
        assertThat(sources).hasSize(3);
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "17",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        int exitCode = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        assertThat(exitCode).isZero();
    }

    private static List<MatchResult> matches(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(PAGE));
        return matcher.results().toList();
    }
}
