/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static dev.wattle.agent.HostAssertions.assertUndisturbed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.Scrape;
import dev.wattle.agent.host.TwoRuns;
import dev.wattle.agent.host.program.OwnHttpServer;
import dev.wattle.agent.host.program.Tattling;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that replaces what the JDK lets it replace is metered, and no thread of the meter comes to its replacements. */
class ReplacedDefaultsIT {
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";
    private static final int FIRST_WITH_RESOLVERS = 18;
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("java.nio.channels.spi.SelectorProvider", Tattling.Channels.class.getName()),
            Map.entry("com.sun.net.httpserver.HttpServerProvider", OwnHttpServer.Provider.class.getName()),
            Map.entry("java.util.concurrent.ForkJoinPool.common.threadFactory", Tattling.Workers.class.getName()),
            Map.entry("java.locale.providers", "SPI,CLDR"),
            Map.entry("java.util.logging.manager", "no.such.LogManager"),
            Map.entry("javax.management.builder.initial", "no.such.Builder"),
            Map.entry("java.protocol.handler.pkgs", "no.such.handlers"),
            Map.entry("java.content.handler.pkgs", "no.such.handlers"),
            Map.entry("slf4j.provider", "no.such.Provider"),
            Map.entry("slf4j.internal.verbosity", "DEBUG"),
            Map.entry("slf4j.internal.report.stream", "System.out"),
            Map.entry("slf4j.detectLoggerNameMismatch", "true"),
            Map.entry("io.prometheus.exporter.http_server.port", "none"),
            Map.entry("io.prometheus.exporter.filter.metric_name_must_not_start_with", "wattle"),
            Map.entry("io.prometheus.metrics.exemplars_enabled", "perhaps"),
            Map.entry("prometheus.config", "/no/such/file"));

    @TempDir
    private Path directory;

    private Path services;

    @BeforeEach
    void pack() throws IOException {
        JarOf jar = new JarOf(directory.resolve("services.jar"));
        Map.of(
                        "java.nio.charset.spi.CharsetProvider",
                        Tattling.Charsets.class.getName(),
                        "java.text.spi.DecimalFormatSymbolsProvider",
                        Tattling.Symbols.class.getName(),
                        "java.lang.System$LoggerFinder",
                        Tattling.Loggers.class.getName(),
                        "org.slf4j.spi.SLF4JServiceProvider",
                        "no.such.Provider",
                        "oshi.spi.SystemInfoProvider",
                        "no.such.Provider",
                        "io.micrometer.context.ThreadLocalAccessor",
                        "no.such.Provider")
                .forEach((name, provider) ->
                        jar.add("META-INF/services/" + name, provider.getBytes(StandardCharsets.UTF_8)));
        jar.add("prometheus.properties", "io.prometheus.x=y".getBytes(StandardCharsets.UTF_8));
        services = jar.write();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void areNotWhatTheMeterUses(JavaHome home) throws IOException, InterruptedException {
        Path resolver = resolver(home);
        HostJvm alone = host(home, resolver);
        HostRun without;
        try (RunningHost host = alone.start(Tattling.class)) {
            host.endInput();
            without = host.awaitExit();
        }
        try (RunningHost host = host(home, resolver).agent("http=localhost:0").start(Tattling.class)) {
            URI endpoint = host.awaitEndpoint();
            assertThat(Scrape.get(endpoint)).contains("wattle_run_info{");
            assertThat(Scrape.get(endpoint.resolve("/run"))).startsWith("{");
            assertThat(Scrape.get(endpoint.resolve("/"))).startsWith("<!DOCTYPE html>");
            host.endInput();
            HostRun with = assertUndisturbed(new TwoRuns(without, host.awaitExit()));

            assertThat(with.stdout()).endsWith("the program has ended\n");
            assertThat(with.summary()).isNotEmpty();
            assertThat(with.wattleLines())
                    .noneMatch(line -> line.contains("not metering") || line.contains("Exception"))
                    .noneMatch(line -> line.contains("Error"));
        }
    }

    private HostJvm host(JavaHome home, Path resolver) {
        HostJvm host = HostJvm.on(home).classPath(HostJvm.testClasses(), services, resolver);
        PROPERTIES.forEach((name, value) -> host.jvmArguments("-D" + name + "=" + value));
        return host;
    }

    /** Since Java 18 a service resolves names; its classes can be compiled by such a JDK only. */
    private Path resolver(JavaHome home) throws IOException, InterruptedException {
        Path classes = Files.createDirectory(directory.resolve("resolver"));
        if (home.feature() < FIRST_WITH_RESOLVERS) {
            return classes;
        }
        Path source = Files.writeString(directory.resolve("Resolver.java"), """
                import dev.wattle.agent.host.program.Tattling;
                import java.net.spi.*;

                public class Resolver extends InetAddressResolverProvider {
                    public InetAddressResolver get(Configuration configuration) {
                        Tattling.asked("InetAddressResolver");
                        return configuration.builtinResolver();
                    }

                    public String name() {
                        return "tattling";
                    }
                }
                """);
        List<String> command = List.of(
                home.program("javac").orElseThrow().toString(),
                "-cp",
                HostJvm.testClasses().toString(),
                "-d",
                classes.toString(),
                source.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        Path service = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(service.resolve("java.net.spi.InetAddressResolverProvider"), "Resolver");
        return classes;
    }
}
