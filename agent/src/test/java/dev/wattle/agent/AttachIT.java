/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.JvmTool;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.Tools;
import dev.wattle.agent.host.program.Inspected;
import dev.wattle.agent.host.program.UntilInputEnds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM that runs already is metered and left again, as often as one likes, and is afterwards what it was before. */
class AttachIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final Pattern CLASS_FILE = Pattern.compile("=([0-9a-f]+)");
    private static final Pattern ENDPOINT = Pattern.compile("live at (http://\\S+/)\\R");

    @TempDir
    static Path shared;

    private static Path inspector;

    @BeforeAll
    static void makeTheInspectedProgramAnAgentToo() throws IOException {
        inspector = new JarOf(shared.resolve("inspector.jar"))
                .manifest("Premain-Class", Inspected.class.getName())
                .manifest("Agent-Class", Inspected.class.getName())
                .manifest("Can-Retransform-Classes", "true")
                .write();
    }

    @ParameterizedTest
    @MethodSource("everyJavaWithAToolOfEvery")
    void metersAProgramThatRunsAndReportsToTheToolWhatItUsed(JavaHome home, JavaHome toolHome) {
        JvmTool tool = new JvmTool(toolHome);
        try (RunningHost host = HostJvm.on(home).start(UntilInputEnds.class)) {
            awaitListening(host, tool);

            HostRun attach = tool.run("attach", host.pid(), "zone=FR,sources=model", "run=tuesday");
            HostRun again = tool.run("attach", host.pid());
            HostRun detach = tool.run("detach", host.pid());
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(attach.exitCode()).as(attach.stderr()).isZero();
            assertThat(attach.stdout()).startsWith("metering ").contains("; live at http://", "\njournal ");
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.stderr())
                    .matches("wattle: process \\d+: it is already metered, since 20\\S+Z; to start a new run, detach it"
                            + " first\n");
            assertThat(detach.exitCode()).as(detach.stderr()).isZero();
            assertThat(detach.stdout())
                    .containsPattern("^" + HostRun.SUMMARY)
                    .contains("\n  run          tuesday, ")
                    .contains("(FR, ")
                    .contains("\n  journal ");
            assertThat(new Journal(run.workingDirectory().resolve("runs"))
                            .last()
                            .get("type")
                            .getAsString())
                    .isEqualTo("summary");
            assertThat(run.exitCode()).isZero();
            assertThat(run.stdout()).isEqualTo("the input has ended\n");
            assertThat(run.summary()).as("the tool has it").isEmpty();
            assertThat(run.foreignLines()).allMatch(AttachIT::isTheJvmsOwnWarning);
            assertThat(run.wattleLines())
                    .filteredOn(line -> line.contains("metering "))
                    .hasSize(2)
                    .last()
                    .isEqualTo("wattle: metering was ended by a detach");
        }
    }

    static Stream<Arguments> everyJavaWithAToolOfEvery() {
        return JavaHome.all().stream().flatMap(home -> JavaHome.all().stream().map(tool -> Arguments.of(home, tool)));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void countsIterationsFromThenOnAndLeavesNothingBehindHoweverOften(JavaHome home) {
        JvmTool tool = new JvmTool(home);
        try (RunningHost host = inspected(home)) {
            host.awaitStdout("ready\n");
            send(host, "step 10", "stepped 10\n");
            String before = classes(host, 0);

            for (int round = 1; round <= 3; round++) {
                HostRun attach = tool.run("attach", host.pid(), "summary=full");
                URI endpoint = endpoint(attach);
                host.await("woven classes", () -> {
                    send(host, "step 1");
                    return iterations(endpoint, "dl4j") > 0 && iterations(endpoint, "djl") > 0;
                });
                int steps = 100 + round;
                send(host, "step " + steps, "stepped " + steps + "\n");
                double counted = iterations(endpoint, "dl4j");
                steps += 100;
                send(host, "step " + steps, "stepped " + steps + "\n");
                assertThat(iterations(endpoint, "dl4j")).isEqualTo(counted + steps);
                assertThat(classes(host, 2 * round - 1)).isNotEqualTo(before);

                HostRun detach = tool.run("detach", host.pid());

                assertThat(detach.exitCode()).as(detach.stderr()).isZero();
                assertThat(detach.stdout())
                        .containsPattern("  iterations +" + (long) (counted + steps) + " \\(dl4j\\)|"
                                + (long) (counted + steps) + " \\(dl4j\\)");
                assertThat(classes(host, 2 * round)).isEqualTo(before);
                assertThat(isFree(endpoint.getPort())).isTrue();
                assertThat(ask(host, "left", round - 1)).isEqualTo("nothing");
            }
            host.endInput();
            assertThat(host.awaitExit().exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void leavesAProgramThatWasMeteredFromItsStart(JavaHome home) {
        JvmTool tool = new JvmTool(home);
        try (RunningHost host = inspected(home, "-javaagent:" + HostJvm.agentJar())) {
            host.awaitStderr("wattle: metering ");

            HostRun detach = tool.run("detach", host.pid());
            String left = ask(host, "left", 0);
            HostRun second = tool.run("detach", host.pid());
            HostRun attach = tool.run("attach", host.pid(), "run=again");
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(detach.stdout()).as(detach.stderr()).containsPattern("^" + HostRun.SUMMARY);
            assertThat(left).isEqualTo("nothing");
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.stderr()).matches("wattle: process \\d+: it is not metered\n");
            assertThat(attach.exitCode()).as(attach.stderr()).isZero();
            assertThat(run.summary()).anyMatch(line -> line.startsWith("  run          again, "));
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void writesTheSummaryToTheFileThatWasNamedForItToo(JavaHome home, @TempDir Path directory) throws IOException {
        JvmTool tool = new JvmTool(home);
        // Longer than the 1,024 bytes that HotSpot takes as an agent's argument.
        Path deep = directory.resolve(String.join("/", Collections.nCopies(6, "d".repeat(200))));
        Path file = Files.createDirectories(deep).resolve("summary.txt");
        try (RunningHost host = HostJvm.on(home).start(UntilInputEnds.class)) {
            awaitListening(host, tool);

            HostRun attach = tool.run("attach", host.pid(), "summary=" + file);
            HostRun detach = tool.run("detach", host.pid());

            assertThat(attach.exitCode()).as(attach.stderr()).isZero();
            assertThat(detach.stdout()).containsPattern("^" + HostRun.SUMMARY);
            assertThat(file).hasContent(detach.stdout());
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void saysWhichFlagAllowsItWhereAgentsMayNotBeLoaded(JavaHome home) {
        JvmTool tool = new JvmTool(home);
        try (RunningHost host =
                HostJvm.on(home).jvmArguments("-XX:-EnableDynamicAgentLoading").start(UntilInputEnds.class)) {
            awaitListening(host, tool);

            HostRun attach = tool.run("attach", host.pid());

            assertThat(attach.exitCode()).isEqualTo(1);
            assertThat(attach.stdout()).isEmpty();
            assertThat(attach.stderr()).hasLineCount(1).contains("start it with -XX:+EnableDynamicAgentLoading");
        }
    }

    @ParameterizedTest
    @MethodSource("javasThatPublishAndThatDoNot")
    void sparesAJvmThatLetsNobodyAttach(JavaHome home, String flag) {
        try (RunningHost host = HostJvm.on(home)
                .environment("JAVA_TOOL_OPTIONS", flag + " -XX:+DisableAttachMechanism")
                .start(UntilInputEnds.class)) {
            host.await("a JVM that handles signals", () -> catchesSignals(host.pid()));

            HostRun attach = new JvmTool(home).run("attach", host.pid());
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(attach.exitCode()).isEqualTo(1);
            assertThat(attach.stderr()).hasLineCount(1).contains("-XX:+DisableAttachMechanism");
            assertThat(run.stdout()).as("no thread dump").isEqualTo("the input has ended\n");
        }
    }

    static Stream<Arguments> javasThatPublishAndThatDoNot() {
        return JavaHome.all().stream()
                .flatMap(home ->
                        Stream.of(Arguments.of(home, "-XX:+UsePerfData"), Arguments.of(home, "-XX:-UsePerfData")));
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void sparesAProcessThatIsNoJvm(JavaHome home) throws IOException, InterruptedException {
        Process sleep = new ProcessBuilder(Tools.program("sleep").toString(), "60").start();
        try {
            HostRun attach = new JvmTool(home).run("attach", sleep.pid());
            HostRun detach = new JvmTool(home).run("detach", sleep.pid());

            assertThat(attach.exitCode()).isEqualTo(1);
            assertThat(attach.stderr()).hasLineCount(1).contains("it is no Java Virtual Machine but ", "sleep");
            assertThat(detach.stderr()).isEqualTo(attach.stderr());
            assertThat(sleep.isAlive()).isTrue();
        } finally {
            sleep.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        assertThat(new JvmTool(home).run("attach", sleep.pid()).stderr()).contains("there is no such process");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void givesOneOfTwoDetachesTheSummaryAndInformsTheOther(JavaHome home) {
        try (RunningHost host = inspected(home, "-javaagent:" + HostJvm.agentJar())) {
            host.awaitStderr("wattle: metering ");

            HostRun first;
            HostRun second;
            try (RunningHost one = new JvmTool(home).start("detach", host.pid());
                    RunningHost other = new JvmTool(home).start("detach", host.pid())) {
                first = one.awaitExit();
                second = other.awaitExit();
            }

            assertThat(Stream.of(first, second).filter(run -> run.stdout().matches("(?s)" + HostRun.SUMMARY + ".*")))
                    .as(first.stderr() + second.stderr())
                    .hasSize(1);
            assertThat(Stream.of(first, second).filter(run -> run.exitCode() == 1))
                    .singleElement()
                    .extracting(HostRun::stderr)
                    .asString()
                    .containsPattern("another detach is in progress|it is not metered|metering has ended already");
            assertThat(ask(host, "left", 0)).isEqualTo("nothing");
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void leavesTheSummaryToAJvmThatIsEnding(JavaHome home) {
        try (RunningHost host = inspected(home, "-javaagent:" + HostJvm.agentJar())) {
            host.awaitStderr("wattle: metering ");
            send(host, "exit");
            host.awaitStdout("ending\n");
            host.awaitStderr("\n  journal ");

            HostRun detach = new JvmTool(home).run("detach", host.pid());
            host.endInput();
            HostRun run = host.awaitExit();

            assertThat(detach.exitCode()).isEqualTo(1);
            assertThat(detach.stderr())
                    .matches("wattle: process \\d+: (it is ending and prints the summary itself|it is not metered)\n");
            assertThat(run.exitCode()).isEqualTo(7);
            assertThat(summaries(run.stderr())).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void printsTheSummaryOnceWhereADetachAndTheEndOfTheJvmMeet(JavaHome home) {
        try (RunningHost host = inspected(home, "-javaagent:" + HostJvm.agentJar())) {
            host.awaitStderr("wattle: metering ");
            try (RunningHost tool = new JvmTool(home).start("detach", host.pid())) {
                host.await(
                        "the detach, or its end",
                        () -> tool.hasEnded() || names(host.pid()).contains("wattle-detach"));
                host.endInput();
                HostRun detach = tool.awaitExit();
                HostRun run = host.awaitExit();

                assertThat(run.exitCode()).isZero();
                assertThat(summaries(run.stderr()) + summaries(detach.stdout()))
                        .as(detach.stderr() + run.stderr())
                        .isEqualTo(1);
                assertThat(detach.stdout().isEmpty())
                        .isNotEqualTo(detach.stderr().isEmpty());
            }
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void keepsADetachUntilTheRunHasStarted(JavaHome home, @TempDir Path directory) throws IOException {
        Path slow = directory.resolve("configuration");
        Tools.need("named pipes", Tools.program("mkfifo").toString(), slow.toString());
        JvmTool tool = new JvmTool(home);
        try (RunningHost host = inspected(home)) {
            host.awaitStdout("ready\n");
            try (RunningHost attach = tool.start("attach", host.pid(), "config=" + slow)) {
                host.await("the run's thread", () -> names(host.pid()).contains("wattle-agent"));
                try (RunningHost detach = tool.start("detach", host.pid())) {
                    host.await("the detach", () -> names(host.pid()).contains("wattle-detach"));
                    Files.writeString(slow, "run=slow\n");

                    HostRun attached = attach.awaitExit();
                    HostRun detached = detach.awaitExit();

                    assertThat(attached.exitCode()).as(attached.stderr()).isZero();
                    assertThat(detached.stdout())
                            .as(detached.stderr())
                            .containsPattern("^" + HostRun.SUMMARY)
                            .contains("slow");
                    assertThat(isFree(endpoint(attached).getPort())).isTrue();
                    assertThat(ask(host, "left", 0)).isEqualTo("nothing");
                }
            }
        }
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource(JAVAS)
    void refusesADetachWhereTheStartTakesTooLong(JavaHome home, @TempDir Path directory) throws IOException {
        Path slow = directory.resolve("configuration");
        Tools.need("named pipes", Tools.program("mkfifo").toString(), slow.toString());
        JvmTool tool = new JvmTool(home);
        try (RunningHost host = inspected(home);
                RunningHost attach = tool.start("attach", host.pid(), "config=" + slow)) {
            host.await("the run's thread", () -> names(host.pid()).contains("wattle-agent"));

            HostRun early = tool.run("detach", host.pid());
            Files.writeString(slow, "run=slow\n");
            host.awaitStderr("wattle: metering ");
            HostRun later = tool.run("detach", host.pid());

            assertThat(early.exitCode()).isEqualTo(1);
            assertThat(early.stderr()).contains("metering is still starting; try again in a moment");
            assertThat(later.stdout())
                    .as(later.stderr())
                    .containsPattern("^" + HostRun.SUMMARY)
                    .contains("\n  run          slow, ");
            assertThat(attach.awaitExit().stdout()).startsWith("metering ");
            assertThat(ask(host, "left", 0)).isEqualTo("nothing");
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void refusesAJvmOfAnotherUserUnlessItIsRoots(JavaHome home) {
        String[] nobody = Tools.nobody();
        Tools.need(nobody.length > 0, "not root, so there is no second user");
        try (RunningHost roots = HostJvm.on(home).start(UntilInputEnds.class);
                RunningHost others = HostJvm.on(home)
                        .through(nobody)
                        .environment("WATTLE_LEDGER", "off")
                        .start(UntilInputEnds.class)) {
            awaitListening(roots, new JvmTool(home));
            awaitListening(others, new JvmTool(home));

            HostRun refused = HostJvm.on(home).through(nobody).runJava(JvmTool.words("attach", roots.pid()));
            HostRun allowed = new JvmTool(home).run("attach", others.pid());
            HostRun left = new JvmTool(home).run("detach", others.pid());

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.stderr()).hasLineCount(1).contains("it belongs to another user, number 0; ");
            assertThat(allowed.stdout()).as(allowed.stderr()).startsWith("metering ");
            assertThat(left.stdout()).as(left.stderr()).containsPattern("^" + HostRun.SUMMARY);
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void refusesAJvmThatSeesAnotherFileSystem(JavaHome home) {
        String[] namespace = Tools.namespace();
        Tools.need(
                "a mount namespace",
                Stream.of(namespace, new String[] {"true"}).flatMap(Stream::of).toArray(String[]::new));
        try (RunningHost host = HostJvm.on(home).through(namespace).start(UntilInputEnds.class)) {
            host.await("a JVM", () -> catchesSignals(host.pid()));

            HostRun attach = new JvmTool(home).run("attach", host.pid());

            assertThat(attach.exitCode()).isEqualTo(1);
            assertThat(attach.stderr()).hasLineCount(1).contains("it runs in another container", "nsenter --target ");
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void refusesAnOldJava(JavaHome home, @TempDir Path directory) throws IOException {
        try (RunningHost host = HostJvm.on(home)
                .jvmArguments("-javaagent:" + JarOf.oldJavaPretender(directory))
                .start(UntilInputEnds.class)) {
            awaitListening(host, new JvmTool(home));

            HostRun attach = new JvmTool(home).run("attach", host.pid());
            host.endInput();

            assertThat(attach.exitCode()).isEqualTo(1);
            assertThat(attach.stderr()).hasLineCount(1).contains("this is Java 11, and the agent needs 17 or later");
            assertThat(host.awaitExit().wattleLines()).as("the tool was told").isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void saysThatTheToolNeedsAJdk(JavaHome home) {
        try (RunningHost host = HostJvm.on(home).start(UntilInputEnds.class)) {
            awaitListening(host, new JvmTool(home));

            HostRun attach = HostJvm.on(home)
                    .jvmArguments("--limit-modules", "java.base,java.instrument")
                    .runJava(JvmTool.words("attach", host.pid()));

            assertThat(attach.exitCode()).isEqualTo(1);
            assertThat(attach.stderr()).hasLineCount(1).contains("lacks the module jdk.attach");
        }
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void listsTheJvmsWithoutTouchingThem(JavaHome home) {
        JvmTool tool = new JvmTool(home);
        try (RunningHost plain = HostJvm.on(home).start(UntilInputEnds.class);
                RunningHost metered = inspected(home, "-javaagent:" + HostJvm.agentJar())) {
            metered.awaitStderr("wattle: metering ");
            awaitListening(plain, tool);

            HostRun list = tool.run("list");
            plain.endInput();
            metered.endInput();
            HostRun alone = plain.awaitExit();

            assertThat(list.exitCode()).isZero();
            assertThat(list.stdout())
                    .containsPattern(
                            "(?m)^ +" + plain.pid() + " +" + home.feature() + "\\S* +no +no +\\S+UntilInputEnds$")
                    .containsPattern(
                            "(?m)^ +" + metered.pid() + " +" + home.feature() + "\\S* +yes +no +\\S+Inspected$")
                    .containsPattern("(?m)^ +page http://127\\.0\\.0\\.1:\\d+/$")
                    .containsPattern("(?m)^ +journal \\S+-" + metered.pid() + "\\.jsonl$")
                    .doesNotContain("wattle-agent.jar");
            assertThat(alone.stderr()).isEmpty();
        }
    }

    private static RunningHost inspected(JavaHome home, String... more) {
        return HostJvm.on(home)
                .jvmArguments("-javaagent:" + inspector, "--add-opens", "java.base/java.lang=ALL-UNNAMED", "-Xmx64m")
                .jvmArguments(more)
                .start(Inspected.class);
    }

    /** A program that says nothing is known to be up by the table. */
    private static void awaitListening(RunningHost host, JvmTool tool) {
        host.await("a JVM that can be attached to", () -> catchesSignals(host.pid()));
        host.await("its row", () -> tool.run("list").stdout().contains("" + host.pid()));
    }

    private static boolean catchesSignals(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/status"))
                    .lines()
                    .filter(line -> line.startsWith("SigCgt:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b100) != 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.map(AttachIT::name).toList();
        } catch (IOException ended) {
            return List.of();
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    private static void send(RunningHost host, String line, String answer) {
        send(host, line);
        host.awaitStdout(answer);
    }

    /** The answer to a question that was asked that many times before. */
    private static String ask(RunningHost host, String question, int timesBefore) {
        send(host, question);
        Pattern answers = Pattern.compile("(?m)^" + question + ": (.*)$");
        host.await(
                "an answer to " + question,
                () -> matches(answers, host.stdoutSoFar()).size() > timesBefore);
        return matches(answers, host.stdoutSoFar()).get(timesBefore);
    }

    /** The classes as they are after all agents, which only an agent that comes after them sees. */
    private static String classes(RunningHost host, int timesBefore) {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(host.pid()));
            jvm.loadAgent(inspector.toString());
            jvm.detach();
        } catch (IOException | AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IllegalStateException(e);
        }
        return CLASS_FILE
                .matcher(ask(host, "classes", timesBefore))
                .replaceAll(file -> "=" + withUsedConstantsOnly(file.group(1)));
    }

    /** Java 25 keeps the constants of a class that was changed and changed back; no code refers to them any more. */
    private static String withUsedConstantsOnly(String hex) {
        ClassWriter rewritten = new ClassWriter(0);
        new ClassReader(HexFormat.of().parseHex(hex)).accept(rewritten, 0);
        return HexFormat.of().formatHex(rewritten.toByteArray());
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static void send(RunningHost host, String line) {
        try {
            host.stdin().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            host.stdin().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI endpoint(HostRun attach) {
        Matcher endpoint = ENDPOINT.matcher(attach.stdout());
        assertThat(endpoint.find()).as(attach.stdout() + attach.stderr()).isTrue();
        return URI.create(endpoint.group(1)).resolve("/metrics");
    }

    private static double iterations(URI endpoint, String framework) {
        return Scrape.of(endpoint).sum("wattle_training_iterations_total", "framework=\"" + framework + "\"");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static long summaries(String text) {
        return text.lines().filter(line -> line.matches(HostRun.SUMMARY + ".*")).count();
    }

    /** From Java 21 on, at each load of an agent into a JVM that was not started with -XX:+EnableDynamicAgentLoading. */
    private static boolean isTheJvmsOwnWarning(String line) {
        return line.startsWith("WARNING: ") && line.contains("agent")
                || line.startsWith("WARNING: If a serviceability tool");
    }
}
