/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.agent.host.Tools;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The released classes of each framework have everything that its points ask for, and the JVM verifies what is woven. */
class RealClassesIT {
    private final List<String> said = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("frameworks")
    void findsEveryPointAndWeavesWhatVerifies(String example, List<TrainingPoint> points) throws Exception {
        Map<String, List<TrainingPoint>> byClass =
                points.stream().collect(Collectors.groupingBy(TrainingPoint::className));
        ClassWeaver weaver = new ClassWeaver(byClass, framework -> {}, said::add);
        try (WovenJars jars = new WovenJars(jarsOf(example), weaver)) {
            for (String name : byClass.keySet()) {
                Class<?> type = jars.loadClass(name);
                assertThat(type.getClassLoader()).isSameAs(jars);
                // Links the class, and by that verifies it.
                assertThat(type.getDeclaredMethods()).isNotEmpty();
            }
            assertThat(jars.woven).containsAll(byClass.keySet());
        }
        assertThat(said).isEmpty();
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

    /** Loads from the jars and weaves on the way; of everything else it sees the JDK and the bridge. */
    private static final class WovenJars extends URLClassLoader {
        private final ClassWeaver weaver;
        private final List<String> woven = new ArrayList<>();

        WovenJars(URL[] jars, ClassWeaver weaver) {
            super(jars, new BridgeOnly());
            this.weaver = weaver;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] original = in.readAllBytes();
                byte @Nullable [] changed = weaver.transform(this, name.replace('.', '/'), null, null, original);
                if (changed != null) {
                    woven.add(name);
                }
                byte[] bytes = changed == null ? original : changed;
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static final class BridgeOnly extends ClassLoader {
        BridgeOnly() {
            super(getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(TrainingBridge.class.getName())) {
                return TrainingBridge.class;
            }
            throw new ClassNotFoundException(name);
        }
    }
}
