/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.Tools;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The released classes of each framework have all members that its points name, and pass verification instrumented. */
class RealClassesIT {
    private final List<String> logged = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("frameworks")
    void findsEveryPointAndPassesVerification(String example, List<TrainingPoint> points) throws Exception {
        Map<String, List<TrainingPoint>> byClass =
                points.stream().collect(Collectors.groupingBy(TrainingPoint::className));
        ClassWeaver weaver = new ClassWeaver(byClass, framework -> {}, new Findings(logged::add));
        try (WovenJars jars = new WovenJars(jarsOf(example), weaver)) {
            for (String name : byClass.keySet()) {
                Class<?> type = jars.loadClass(name);
                assertThat(type.getClassLoader()).isSameAs(jars);
                // Links the class, which verifies it.
                assertThat(type.getDeclaredMethods()).isNotEmpty();
            }
            assertThat(jars.woven()).containsAll(byClass.keySet());
        }
        assertThat(logged).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("movedFrameworks")
    void findsEveryPointWhereTheClassesAreInTheirNewPackages(List<TrainingPoint> points) throws Exception {
        PackageMove move = PackageMove.TO_ECLIPSE;
        Map<String, List<TrainingPoint>> byClass =
                move.of(points).stream().collect(Collectors.groupingBy(TrainingPoint::className));
        ClassWeaver weaver = new ClassWeaver(byClass, framework -> {}, new Findings(logged::add));
        try (MovedJars jars = new MovedJars(jarsOf("dl4j-training"), weaver, move, move.back())) {
            for (String name : byClass.keySet()) {
                assertThat(name).startsWith("org.eclipse.deeplearning4j.");
                // Links the class, which verifies it.
                assertThat(jars.loadClass(name).getDeclaredMethods()).isNotEmpty();
            }
            assertThat(jars.woven()).containsAll(byClass.keySet());
        }
        assertThat(logged).isEmpty();
    }

    static Stream<List<TrainingPoint>> movedFrameworks() {
        return Stream.of(Dl4jPoints.POINTS, SameDiffPoints.POINTS);
    }

    static Stream<Arguments> frameworks() {
        return Stream.of(
                Arguments.of("dl4j-training", Dl4jPoints.POINTS),
                Arguments.of("dl4j-training", SameDiffPoints.POINTS),
                Arguments.of("djl-training", DjlPoints.POINTS));
    }

    private static URL[] jarsOf(String example) throws IOException {
        Path file = Path.of("..", "examples", example, "target", "classpath.txt");
        Tools.need(Files.isRegularFile(file), "the example " + example + " is not built");
        List<URL> urls = new ArrayList<>();
        for (String jar : Files.readString(file).strip().split(File.pathSeparator)) {
            urls.add(Path.of(jar).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
