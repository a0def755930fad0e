/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.program.OddLambdas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build's program that makes plain classes of lambdas, on a class that has every kind of them. */
class PlainClassesIT {
    private static final Path PROGRAM = Path.of("src", "packaging", "java", "PlainClasses.java");
    private static final String PACKAGE = OddLambdas.class.getPackageName().replace('.', '/');

    @TempDir
    private Path root;

    @BeforeEach
    void rewrite() throws Exception {
        Path from = Path.of(OddLambdas.class.getResource("").toURI());
        Path directory = Files.createDirectories(root.resolve(PACKAGE));
        for (Path file : files(from)) {
            if (file.getFileName().toString().startsWith("OddLambdas")) {
                Files.copy(file, directory.resolve(file.getFileName() + "data"));
            }
        }
        Path asm = Path.of(ClassReader.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process program = new ProcessBuilder(java, "-cp", asm.toString(), PROGRAM.toString(), root.toString(), PACKAGE)
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(said).isZero();
    }

    @Test
    void givesTheSameResultsAsTheLambdasTheyWere() throws ReflectiveOperationException {
        Class<?> plain = new Rewritten().loadClass(OddLambdas.class.getName());

        assertThat(plain).isNotSameAs(OddLambdas.class);
        assertThat(plain.getMethod("results").invoke(null)).isEqualTo(OddLambdas.results());
    }

    @Test
    void leavesNothingForTheRunningJvmToMake() throws IOException {
        assertThat(files(root.resolve(PACKAGE)))
                .hasSizeGreaterThan(20)
                .noneMatch(file -> holds(file, "LambdaMetafactory"));
        assertThat(files(root.resolve(PACKAGE))).noneMatch(file -> holds(file, "ObjectMethods"));
    }

    private static boolean holds(Path file, String constant) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains("java/lang/invoke/" + constant)
                    || Files.readString(file, StandardCharsets.ISO_8859_1).contains("java/lang/runtime/" + constant);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The classes that were rewritten. */
    private final class Rewritten extends ClassLoader {
        Rewritten() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try {
                byte[] bytes = Files.readAllBytes(root.resolve(name.replace('.', '/') + ".classdata"));
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
