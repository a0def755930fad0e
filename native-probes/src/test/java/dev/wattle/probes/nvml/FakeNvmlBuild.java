/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.opentest4j.TestAbortedException;

/**
 * Compiles the fake library, once in a JVM for each set of absent functions.
 *
 * <p>Every installation has a copy of its own: a file that is loaded twice is one library with one state.
 *
 * <p>On a machine without a compiler the test is skipped; with CI=true in the environment it fails instead, so that
 * nothing is skipped unseen there.
 */
final class FakeNvmlBuild {
    private static final List<String> SOURCES = List.of("fake_nvml.c", "fake_machine.c");
    private static final List<String> HEADERS = List.of("fake_machine.h", "nvml_abi.h");
    private static final Map<Set<String>, byte[]> BUILT = new HashMap<>();

    private FakeNvmlBuild() {}

    static synchronized void build(Path library, Set<String> absentFunctions) throws IOException {
        byte[] built = BUILT.get(absentFunctions);
        if (built == null) {
            built = compile(absentFunctions);
            BUILT.put(Set.copyOf(absentFunctions), built);
        }
        // Never over a library that may be loaded: the process would run on in what is there now.
        Files.write(library, built, StandardOpenOption.CREATE_NEW);
    }

    private static byte[] compile(Set<String> absentFunctions) throws IOException {
        Path directory = Files.createTempDirectory("fake-nvml");
        try {
            for (String source : sources()) {
                try (InputStream in = FakeNvmlBuild.class.getResourceAsStream(source)) {
                    if (in == null) {
                        throw new FileNotFoundException(source);
                    }
                    Files.copy(in, directory.resolve(source));
                }
            }
            String functions = Files.readString(directory.resolve(SOURCES.get(0)));
            for (String function : absentFunctions) {
                if (!functions.contains(function)) {
                    throw new IllegalArgumentException(function + " is no function of the fake library");
                }
            }
            runCompiler(directory, absentFunctions);
            return Files.readAllBytes(directory.resolve("built"));
        } finally {
            for (String file : sources()) {
                Files.deleteIfExists(directory.resolve(file));
            }
            Files.deleteIfExists(directory.resolve("built"));
            Files.deleteIfExists(directory);
        }
    }

    private static List<String> sources() {
        List<String> sources = new ArrayList<>(SOURCES);
        sources.addAll(HEADERS);
        return sources;
    }

    private static void runCompiler(Path directory, Set<String> absentFunctions) throws IOException {
        List<String> command = new ArrayList<>(List.of("gcc", "-std=c11", "-shared", "-fPIC", "-O2"));
        command.addAll(List.of("-Wall", "-Wextra", "-Werror", "-Wl,-soname,libnvidia-ml.so.1", "-o", "built"));
        new TreeSet<>(absentFunctions).forEach(function -> command.add("-DWITHOUT_" + function));
        command.addAll(SOURCES);
        command.addAll(List.of("-lm", "-ldl", "-pthread"));
        Process gcc;
        try {
            gcc = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw missing("no gcc on this machine: " + e.getMessage());
        }
        String output = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (gcc.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + "\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException missing(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason + " (CI=true: not to be skipped)");
        }
        return new TestAbortedException(reason);
    }
}
