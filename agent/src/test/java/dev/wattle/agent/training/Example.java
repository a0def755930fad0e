/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.ThenUntilInputEnds;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A training program of the examples, as their build left it.
 *
 * <p>Its native libraries are unpacked once into the user's caches, where later runs find them.
 */
enum Example {
    DL4J(
            "dl4j",
            "dl4j-training",
            "dev.wattle.examples.dl4j.DigitsTraining",
            "/nd4j-native-[^/]*-(linux|macosx|windows)"),
    DJL_EASY(
            "djl",
            "djl-training",
            "dev.wattle.examples.djl.DigitsTraining",
            "/pytorch-native-cpu-[^/]*-(linux|osx|win)") {
        @Override
        List<String> options() {
            return List.of("--loop", "easy");
        }
    },
    DJL_OWN(
            "djl",
            "djl-training",
            "dev.wattle.examples.djl.DigitsTraining",
            "/pytorch-native-cpu-[^/]*-(linux|osx|win)") {
        @Override
        List<String> options() {
            return List.of("--loop", "own");
        }
    };

    /** A training that never ends must not hold the build up; on a quiet machine three epochs take seconds. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final String framework;
    private final Path target;
    private final String mainClass;
    private final Pattern natives;

    Example(String framework, String module, String mainClass, String natives) {
        this.framework = framework;
        this.target =
                Path.of("..", "examples", module, "target").toAbsolutePath().normalize();
        this.mainClass = mainClass;
        this.natives = Pattern.compile(natives);
    }

    /** Its framework, as metrics and journals name it. */
    String framework() {
        return framework;
    }

    /** Starts to train on that JVM; the JVM stays until its input ends. */
    RunningHost start(HostJvm jvm, int epochs) {
        List<String> words = Stream.of(
                        List.of("-cp", classPath(), ThenUntilInputEnds.class.getName(), mainClass),
                        List.of("--epochs", Integer.toString(epochs)),
                        options())
                .flatMap(List::stream)
                .toList();
        return jvm.timeout(LONGEST).startJava(words.toArray(String[]::new));
    }

    List<String> options() {
        return List.of();
    }

    /** The example, what it needs, and the programs of the tests. */
    String classPath() {
        Path file = target.resolve("classpath.txt");
        Tools.need(Files.isRegularFile(file), "the example " + target + " is not built");
        String jars = read(file).strip();
        Tools.need(natives.matcher(jars).find(), "no native library of " + framework + " for this platform");
        // The test's own classes last: among them are stand-ins for classes of both frameworks.
        return String.join(
                File.pathSeparator,
                target.resolve("classes").toString(),
                jars,
                HostJvm.testClasses().toString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
