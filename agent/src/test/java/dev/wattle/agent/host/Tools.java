/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * What a test needs of the machine and a machine may lack: programs, a right to mount, a second user.
 *
 * <p>Where it is missing, the test is skipped and the reason goes to {@code target/skipped-tests.txt}, which the build
 * prints at its end. With CI=true in the environment the test fails instead, so that nothing is skipped unseen there.
 */
public final class Tools {
    private static final Path SKIPPED = Path.of("target", "skipped-tests.txt");
    private static final Duration LONGEST_TRIAL = Duration.ofMinutes(2);

    private Tools() {}

    /** A program on the PATH or among the system's programs, such as {@code unshare}. */
    public static Path program(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String directory : (path + File.pathSeparator + "/usr/sbin:/sbin").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, name);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return candidate.toAbsolutePath();
            }
        }
        throw missing("no " + name + " on this machine");
    }

    /** Needs the command to end with 0, as a trial of a right. */
    public static void need(String what, String... command) {
        try {
            Process trial = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!trial.waitFor(LONGEST_TRIAL.toMillis(), TimeUnit.MILLISECONDS)) {
                trial.destroyForcibly();
                throw missing(what + ": no end of " + String.join(" ", command));
            }
            need(trial.exitValue() == 0, what + ": " + String.join(" ", command) + " ended with " + trial.exitValue());
        } catch (IOException e) {
            throw missing(what + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Builds a library that stands before the system's own.
     *
     * @param source C, in which {@code dlsym} finds what it hides
     */
    public static Path preload(Path directory, String source) throws IOException {
        Path code = Files.createTempFile(directory, "preload", ".c");
        Files.writeString(code, source);
        Path library = Path.of(code + ".so");
        need(
                "a C compiler",
                program("gcc").toString(),
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                code.toString(),
                "-ldl");
        return library;
    }

    /** Words that start a command as a user who is not root and has no right over files but others'. */
    public static String[] nobody() {
        if (!isRoot()) {
            return new String[0];
        }
        String user = "65534";
        String[] words = {program("setpriv").toString(), "--reuid=" + user, "--regid=" + user, "--clear-groups"};
        need(
                "a second user who may read the build",
                with(words, "test", "-r", HostJvm.agentJar().toString()));
        return words;
    }

    /**
     * Words that start a command where the directory is an empty file system of its own, and outside nothing changes.
     *
     * @param options of the mount, such as {@code noexec} or {@code size=4k}
     */
    public static String[] mounted(Path directory, String options) {
        String[] words = with(
                namespace(),
                "sh",
                "-c",
                "mount -t tmpfs -o " + options + " tmpfs \"$0\" && exec \"$@\"",
                directory.toString());
        need("a mount namespace", with(words, "true"));
        return words;
    }

    /** Words that start a command, as root, whose mounts are seen by nothing else. */
    public static String[] namespace() {
        return new String[] {program("unshare").toString(), isRoot() ? "-m" : "-Urm"};
    }

    /** Needs this to hold; {@code otherwise} says what is missing where it does not. */
    public static void need(boolean holds, String otherwise) {
        if (!holds) {
            throw missing(otherwise);
        }
    }

    private static String[] with(String[] words, String... more) {
        return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    private static RuntimeException missing(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason + " (CI=true: not to be skipped)");
        }
        try {
            Files.writeString(
                    SKIPPED,
                    "skipped: " + callingTest() + ": " + reason + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestAbortedException(reason);
    }

    private static String callingTest() {
        List<StackTraceElement> tests = Arrays.stream(new Throwable().getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.wattle.")
                        && frame.getClassName().matches(".*(?:IT|Test)(?:\\$.*)?"))
                .toList();
        if (tests.isEmpty()) {
            return "a test";
        }
        StackTraceElement test = tests.get(tests.size() - 1);
        return test.getClassName().replaceFirst(".*\\.", "") + "." + test.getMethodName();
    }
}
