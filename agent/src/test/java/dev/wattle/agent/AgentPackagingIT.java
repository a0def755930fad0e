/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Opens the built jar and knows every entry of it. */
class AgentPackagingIT {
    private static final long LARGEST_BYTES = 6_000_000;

    /** What commands alone use keeps its lambdas. */
    private static final List<String> COMMANDS = List.of(
            "inst/dev/wattle/agent/attach/",
            "inst/dev/wattle/agent/cli/",
            "inst/dev/wattle/core/estimate/",
            "inst/dev/wattle/core/ledger/compare/",
            "inst/dev/wattle/core/ledger/detail/",
            "inst/dev/wattle/core/ledger/read/",
            "inst/dev/wattle/core/ledger/totals/",
            "inst/dev/wattle/core/report/compare/",
            "inst/dev/wattle/core/report/declare/",
            "inst/dev/wattle/core/report/html/");

    private static final List<Pattern> KNOWN = Stream.of(
                    "META-INF/(MANIFEST\\.MF|LICENSE|NOTICE)",
                    "META-INF/licenses/[a-z0-9-]+/[A-Z0-9.]+(\\.txt)?",
                    "dev/wattle/agent/(premain(/counters|/loader|/spelling)?|bridge)/[\\w$-]+\\.class",
                    "dev/wattle/(Wattle(\\$Meter)?|EnergyWindow|TrainingEpoch|EarlyEpoch|package-info)\\.class",
                    "inst/META-INF/services/[\\w.]+",
                    "inst/dev/wattle/(agent/(config|http|instrument|intensity|runtime|export|attach|cli|log|jfr|track)|core|probes)/[\\w$/-]+\\.classdata",
                    "inst/dev/wattle/(agent|core|probes)/[\\w/.-]+\\.tsv",
                    "inst/dev/wattle/agent/export/page\\.(html|css|js)",
                    "inst/dev/wattle/core/report/(chart/charts|html/report)\\.(css|js)",
                    "inst/META-INF/resources/webjars/uplot/[0-9.]+/dist/uPlot\\.(iife\\.min\\.js|min\\.css)",
                    "inst/net/bytebuddy/jar/asm/[\\w$-]+\\.classdata",
                    "inst/com/sun/jna/[\\w$/-]+\\.classdata",
                    "inst/com/sun/jna/(linux-x86-64|linux-aarch64)/libjnidispatch\\.so",
                    "inst/com/sun/jna/darwin-(x86-64|aarch64)/libjnidispatch\\.jnilib",
                    "inst/com/sun/jna/win32-(x86-64|aarch64)/jnidispatch\\.dll",
                    "inst/oshi/(?!.*/(linux|nativefree)/)[\\w$/-]+\\.classdata",
                    "inst/oshi\\.([a-z.]+\\.)?properties",
                    "inst/io/micrometer/(core|common|observation|prometheusmetrics)/[\\w$/-]+\\.classdata",
                    "inst/io/prometheus/metrics/[\\w$/-]+\\.classdata",
                    "inst/com/google/gson/[\\w$/-]+\\.classdata",
                    "inst/org/slf4j/[\\w$/-]+\\.classdata")
            .map(Pattern::compile)
            .toList();

    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(HostJvm.agentJar().toFile());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void holdsNothingUnknown() {
        assertThat(fileNames())
                .allMatch(name ->
                        KNOWN.stream().anyMatch(pattern -> pattern.matcher(name).matches()));
    }

    @Test
    void holdsSomethingForEveryPatternThatIsNotForOthersToFill() {
        assertThat(fileNames())
                .contains("inst/dev/wattle/agent/runtime/AgentRuntime.classdata")
                .contains("inst/com/sun/jna/Native.classdata")
                .contains("inst/com/sun/jna/linux-x86-64/libjnidispatch.so")
                .anyMatch(name -> name.endsWith("/dist/uPlot.iife.min.js"))
                .contains("META-INF/licenses/uplot/LICENSE")
                .contains("inst/oshi/SystemInfo.classdata", "inst/oshi.properties")
                .contains("inst/io/prometheus/metrics/expositionformats/PrometheusTextFormatWriter.classdata");
    }

    @Test
    void hasNoClassInTwoZones() {
        List<String> outer = fileNames().filter(name -> name.endsWith(".class")).toList();

        assertThat(outer)
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(jar.getEntry("inst/" + name + "data")).isNull());
    }

    @Test
    void hasThePublicApiAtTheRoot() {
        assertThat(fileNames())
                .contains("dev/wattle/Wattle.class", "dev/wattle/EnergyWindow.class", "dev/wattle/TrainingEpoch.class");
    }

    /** The public API is loaded by programs of Java 17 alone, and by the inside once the version is known to do. */
    @Test
    void hasJava8ClassesInTheWayInAndTheBridge() {
        List<JarEntry> outer = jar.stream()
                .filter(entry -> entry.getName().startsWith("dev/wattle/agent/"))
                .filter(entry -> entry.getName().endsWith(".class"))
                .toList();

        assertThat(outer)
                .isNotEmpty()
                .allSatisfy(entry ->
                        assertThat(majorVersion(entry)).as(entry.getName()).isEqualTo(52));
    }

    @Test
    void keepsEveryServiceProviderOfItsDependencies() throws IOException {
        for (Path dependency : list(Path.of(System.getProperty("wattle.unpacked", "target/unpacked")))) {
            for (Path service : list(dependency.resolve("META-INF").resolve("services"))) {
                String merged = text("inst/META-INF/services/" + service.getFileName());

                assertThat(merged.lines()).containsAll(Files.readAllLines(service));
            }
        }
    }

    /** What is left out of oshi and JNA is what nothing else in them is made of: macOS and Windows are not at hand to try. */
    @Test
    void everyClassOfItsOwnAndForTheHardwareFindsWhatItIsMadeOf() {
        JarZone zone = new JarZone(jar);
        Pattern linked = Pattern.compile("inst/((dev/wattle|oshi|com/sun/jna|net/bytebuddy)/.*)\\.classdata");

        List<String> names = fileNames()
                .map(linked::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1).replace('/', '.'))
                .filter(name -> !name.endsWith(".package-info"))
                .toList();

        assertThat(names).hasSizeGreaterThan(1000);
        assertThat(names.stream().flatMap(name -> zone.missing(name).stream())).isEmpty();
    }

    @Test
    void leavesNoLambdaOfItsOwnToTheMeteredJvm() {
        assertThat(fileNames()
                        .filter(name -> name.startsWith("inst/dev/wattle/") && name.endsWith(".classdata"))
                        .filter(name -> COMMANDS.stream().noneMatch(name::startsWith)))
                .isNotEmpty()
                .noneMatch(name -> holds(name, "java/lang/invoke/LambdaMetafactory"))
                .noneMatch(name -> holds(name, "java/lang/runtime/ObjectMethods"));
    }

    @Test
    void staysWithinItsSize() throws IOException {
        assertThat(Files.size(HostJvm.agentJar())).isLessThan(LARGEST_BYTES);
    }

    @Test
    void namesTheEntryPointsAndRequestsRetransformationOnly() throws IOException {
        assertThat(jar.getManifest().getMainAttributes().entrySet())
                .extracting(entry -> entry.getKey() + ": " + entry.getValue())
                .contains(
                        "Premain-Class: dev.wattle.agent.premain.WattleAgent",
                        "Agent-Class: dev.wattle.agent.premain.WattleAgent",
                        "Main-Class: dev.wattle.agent.premain.CommandLine",
                        "Can-Retransform-Classes: true")
                .noneMatch(line -> line.startsWith("Can-Redefine") || line.startsWith("Boot-Class-Path"));
        assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
                .isNotBlank();
    }

    @Test
    void carriesOneTimeInAllEntriesSoThatABuildCanBeRepeated() {
        assertThat(jar.stream().map(JarEntry::getTime).distinct()).hasSize(1);
    }

    private static Stream<String> fileNames() {
        return jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName);
    }

    private static int majorVersion(JarEntry entry) {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            in.skipNBytes(6);
            return in.readUnsignedShort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(String name, String constant) {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(constant);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }
}
