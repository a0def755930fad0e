/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import dev.wattle.agent.attach.JavaProcess;
import dev.wattle.agent.attach.PlainText;
import dev.wattle.agent.config.AgentConfig;
import dev.wattle.agent.log.LibraryLog;
import dev.wattle.agent.premain.CommandLine;
import dev.wattle.agent.premain.HelpText;
import dev.wattle.agent.premain.StderrLog;
import dev.wattle.probes.Discovery;
import dev.wattle.probes.Probes;
import dev.wattle.probes.jna.PrivateJna;
import dev.wattle.probes.model.ModelDescription;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The command {@code doctor}: shows what can be measured here, what cannot, and how to fix it. It has the configuration of
 * the agent, and reports errors in it on standard error.
 */
public final class DoctorCommand {
    private DoctorCommand() {}

    /**
     * Examines this machine and prints the report.
     *
     * @param words {@code --json} and configuration as {@code key=value}
     * @return 0 if something is measured, 3 if it is only modelled, 4 if nothing is, 2 for a wrong command line
     */
    public static int run(String[] words, PrintStream out, PrintStream err) throws InterruptedException {
        Consumer<String> log = line -> StderrLog.print(err, line);
        boolean json = false;
        List<String> settings = new ArrayList<>();
        for (String word : words) {
            if (word.equals("--json")) {
                json = true;
            } else if (!word.startsWith("-") && word.indexOf('=') > 0) {
                settings.add(word);
            } else {
                log.accept("doctor takes --json and key=value, not '" + word + "'");
                return CommandLine.WRONG_USAGE;
            }
        }
        DoctorReport report = examine(String.join(",", settings), log);
        // JSON is UTF-8 whatever the terminal's encoding.
        if (json) {
            out.writeBytes(DoctorJson.of(report).getBytes(StandardCharsets.UTF_8));
        } else {
            out.print(DoctorText.of(report));
        }
        return report.status().exitCode();
    }

    private static DoctorReport examine(String arguments, Consumer<String> log) throws InterruptedException {
        LibraryLog.to(log);
        AgentConfig config = AgentConfig.ofThisJvm(arguments, log);
        config.ledger().ifPresent(PrivateJna::alsoTry);
        Discovery discovery = Probes.discover(config.hardware(), config.sources());
        return new DoctorReport(
                HelpText.version(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Environment.of(Path.of("/"), config.hardware().procRoot(), System.getenv()),
                config.sources(),
                discovery.findings(),
                Stream.concat(
                                discovery.remarks().stream(),
                                unmetered(config.hardware().procRoot()))
                        .toList(),
                LiveReading.take(discovery.probes(), log),
                discovery.model().map(ModelDescription::error));
    }

    /** What the metered JVMs here do not meter of their frameworks. */
    private static Stream<String> unmetered(Path procRoot) {
        return JavaProcess.all(procRoot, Path.of("/tmp")).stream()
                .flatMap(jvm -> jvm.unmetered().stream()
                        .map(sentence ->
                                "In the JVM " + jvm.pid() + " (" + PlainText.of(jvm.main()) + "): " + sentence));
    }
}
