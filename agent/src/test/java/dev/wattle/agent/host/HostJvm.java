/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM to be started with or without the built agent: describe it, then run it.
 *
 * <pre>{@code
 * HostRun run = HostJvm.on(home).agent("http=off").run(Trivial.class);
 * assertThat(run.stdout()).isEqualTo("hello\n");
 * }</pre>
 *
 * <p>Each has an empty working directory under {@code target/hosts}, kept for a look after a failure. Variables of the
 * outer environment that would change a JVM are removed, and the agent's ledger and port are moved out of the user's
 * way: WATTLE_LEDGER points into the working directory and WATTLE_HTTP to a free port. A test of those overrides them.
 */
public final class HostJvm {
    private static final List<String> MEDDLING_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    private final JavaHome home;
    private final Path workingDirectory = newWorkingDirectory();
    private final List<String> launcher = new ArrayList<>();
    private final List<String> jvmArguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Set<String> removed = new HashSet<>();
    private List<Path> classPath = List.of(testClasses());
    private Duration timeout = Duration.ofSeconds(60);

    private HostJvm(JavaHome home) {
        this.home = home;
        environment.put("WATTLE_LEDGER", workingDirectory.resolve("runs").toString());
        environment.put("WATTLE_HTTP", "127.0.0.1:0");
        // Two threads of OpenMP that wait for each other by spinning train fifty times slower where a core is taken.
        environment.put("OMP_NUM_THREADS", "1");
    }

    /** On that installation, without the agent, the test classes on the class path. */
    public static HostJvm on(JavaHome home) {
        return new HostJvm(home);
    }

    /** The jar under test. */
    public static Path agentJar() {
        return Path.of(System.getProperty("wattle.agent.jar", "target/wattle-agent.jar"))
                .toAbsolutePath();
    }

    /** Where the test classes are, the programs among them. */
    public static Path testClasses() {
        try {
            return Path.of(HostJvm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** JNA's classes and natives, as a class path entry: the copy that went into the agent. */
    public static Path unpackedJna() {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("wattle.unpacked", "target/unpacked")))) {
            return jars.filter(jar -> Files.isRegularFile(jar.resolve("com/sun/jna/Native.class")))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the agent; a second call adds it twice. */
    public HostJvm agent() {
        return jvmArguments("-javaagent:" + agentJar());
    }

    /** Adds the agent with its arguments. */
    public HostJvm agent(String agentArguments) {
        return jvmArguments("-javaagent:" + agentJar() + "=" + agentArguments);
    }

    public HostJvm jvmArguments(String... arguments) {
        jvmArguments.addAll(List.of(arguments));
        return this;
    }

    /** Starts through another program, which runs the words after its own: {@code unshare -m}. */
    public HostJvm through(String... words) {
        launcher.addAll(List.of(words));
        return this;
    }

    /** In place of the test classes. */
    public HostJvm classPath(Path... entries) {
        classPath = List.of(entries);
        return this;
    }

    /** A value for this JVM only. */
    public HostJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** As if nobody had set it, whatever the outer environment and this class do. */
    public HostJvm withoutEnvironment(String name) {
        environment.remove(name);
        removed.add(name);
        return this;
    }

    /** How long it may take before it is killed and the test fails; one minute unless told. */
    public HostJvm timeout(Duration longest) {
        timeout = longest;
        return this;
    }

    public Path workingDirectory() {
        return workingDirectory;
    }

    /** Runs the program to its end. */
    public HostRun run(Class<?> mainClass, String... arguments) {
        return start(mainClass, arguments).awaitExit();
    }

    /** Starts the program and leaves it running. */
    public RunningHost start(Class<?> mainClass, String... arguments) {
        List<String> rest = new ArrayList<>();
        rest.add("-cp");
        rest.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        rest.add(mainClass.getName());
        rest.addAll(List.of(arguments));
        return launch("java", rest);
    }

    /** Runs {@code java} with these words after the JVM arguments: a source file, {@code -jar x.jar}, {@code -m}. */
    public HostRun runJava(String... words) {
        return startJava(words).awaitExit();
    }

    /** Starts what {@link #runJava} runs and leaves it running. */
    public RunningHost startJava(String... words) {
        return launch("java", List.of(words));
    }

    /** Runs a program of the installation; JVM arguments do not apply, the environment does. */
    public HostRun runProgram(String program, String... arguments) {
        if (!jvmArguments.isEmpty()) {
            throw new IllegalStateException("pass JVM arguments to a program through JAVA_TOOL_OPTIONS");
        }
        return launch(program, List.of(arguments)).awaitExit();
    }

    private RunningHost launch(String program, List<String> rest) {
        Path executable =
                home.program(program).orElseThrow(() -> new IllegalStateException(home + " has no " + program));
        List<String> command = Stream.of(launcher, List.of(executable.toString()), jvmArguments, rest)
                .flatMap(List::stream)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
        builder.environment()
                .keySet()
                .removeIf(name ->
                        MEDDLING_VARIABLES.contains(name) || name.startsWith("WATTLE_") || removed.contains(name));
        builder.environment().putAll(environment);
        try {
            return new RunningHost(builder.start(), command, workingDirectory, timeout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newWorkingDirectory() {
        try {
            Path hosts = Files.createDirectories(Path.of("target", "hosts").toAbsolutePath());
            return Files.createTempDirectory(hosts, "host-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
