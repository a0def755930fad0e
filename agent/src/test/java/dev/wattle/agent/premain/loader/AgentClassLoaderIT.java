/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.loader;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.premain.AgentContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the loader with the built jar, in a JVM whose class path has the same libraries. */
class AgentClassLoaderIT {
    @TempDir
    Path directory;

    private AgentClassLoader loader;

    @BeforeEach
    void open() throws Exception {
        Path jar = Files.copy(HostJvm.agentJar(), directory.resolve("mètre d'énergie 100%.jar"));
        loader = AgentClassLoader.open(jar.toFile());
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.sun.jna.Pointer",
                "oshi.SystemInfo",
                "org.slf4j.LoggerFactory",
                "net.bytebuddy.jar.asm.ClassWriter",
                "io.micrometer.core.instrument.MeterRegistry",
                "dev.wattle.agent.runtime.AgentRuntime",
            })
    void loadsItsOwnClassEvenIfTheApplicationHasTheSame(String name) throws Exception {
        Class<?> own = Class.forName(name, false, loader);

        assertThat(own.getClassLoader()).isSameAs(loader);
        assertThat(own).isNotSameAs(Class.forName(name, false, getClass().getClassLoader()));
        assertThat(own.getPackage().getName()).isEqualTo(own.getPackageName());
    }

    @Test
    void sharesTheBridgeAndThePremainPackageWithTheHost() throws Exception {
        assertThat(loader.loadClass(TrainingBridge.class.getName())).isSameAs(TrainingBridge.class);
        assertThat(loader.loadClass(AgentContext.class.getName())).isSameAs(AgentContext.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.wattle.Wattle", "dev.wattle.Wattle$Meter", "dev.wattle.EnergyWindow"})
    void sharesThePublicApiWithTheHost(String name) throws Exception {
        assertThat(loader.loadClass(name))
                .isSameAs(Class.forName(name, false, getClass().getClassLoader()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.wattle.core.window.ProgramMeter", "dev.wattle.probes.Probes"})
    void sharesNothingBelowThePackageOfThePublicApi(String name) throws Exception {
        assertThat(loader.loadClass(name).getClassLoader()).isSameAs(loader);
    }

    @Test
    void findsClassesOfTheJdk() throws Exception {
        assertThat(loader.loadClass("com.sun.net.httpserver.HttpServer").getClassLoader())
                .isNotSameAs(loader);
        assertThat(loader.loadClass("java.sql.Driver").getName()).isEqualTo("java.sql.Driver");
    }

    @Test
    void findsNothingOfTheApplication() {
        assertThatThrownBy(() -> loader.loadClass(HostJvm.class.getName())).isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.getResource("org/junit/jupiter/api/Test.class")).isNull();
    }

    @Test
    void findsServiceProvidersInTheJar() throws Exception {
        Class<?> service = loader.loadClass("org.slf4j.spi.SLF4JServiceProvider");

        List<String> providers = ServiceLoader.load(service, loader).stream()
                .map(provider -> provider.type().getName())
                .toList();

        assertThat(providers).containsExactly("dev.wattle.agent.log.LibraryLogProvider");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com/sun/jna/linux-x86-64/libjnidispatch.so",
                "oshi.properties",
                "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
                "com/sun/jna/Native.class",
            })
    void findsResourcesByUrlAndByStream(String name) throws IOException {
        URL url = requireNonNull(loader.getResource(name));

        assertThat(Collections.list(loader.getResources(name))).containsExactly(url);
        try (InputStream byUrl = url.openStream();
                InputStream byName = requireNonNull(loader.getResourceAsStream(name))) {
            assertThat(byUrl.readAllBytes()).isNotEmpty().isEqualTo(byName.readAllBytes());
        }
    }

    @Test
    void findsNoServiceFilesOfOthers() throws IOException {
        assertThat(Collections.list(loader.getResources("META-INF/services/org.junit.platform.engine.TestEngine")))
                .isEmpty();
    }

    @Test
    void findsResourcesOfTheJdk() {
        assertThat(loader.getResource("java/lang/Object.class")).isNotNull();
    }

    @Test
    void loadsTheNativeLibraryOfItsOwnJna() throws Exception {
        Class<?> jna = Class.forName("com.sun.jna.Native", true, loader);

        assertThat(jna.getField("POINTER_SIZE").getInt(null)).isIn(4, 8);
    }

    /** Only JNA's loggers in the agent would fix the host's LogManager. */
    @Test
    void noClassOfJnaRefersToTheJdksLogging() throws Exception {
        try (JarFile jar = new JarFile(HostJvm.agentJar().toFile())) {
            List<String> classes = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith("inst/com/sun/jna/") && name.endsWith(".classdata"))
                    .map(name -> name.substring("inst/".length(), name.length() - ".classdata".length())
                            .replace('/', '.'))
                    .toList();
            assertThat(classes).hasSizeGreaterThan(100);
            for (String name : classes) {
                try (InputStream in = requireNonNull(loader.getResourceAsStream(name.replace('.', '/') + ".class"))) {
                    byte[] defined = JnaClassTransformer.of(name, in.readAllBytes());
                    assertThat(new String(defined, StandardCharsets.ISO_8859_1)).doesNotContain("java/util/logging");
                }
            }
        }
    }

    @Test
    void theLoggerThatJnaUsesExists() throws Exception {
        for (String name : List.of("com.sun.jna.Native", "com.sun.jna.NativeLibrary", "com.sun.jna.Structure")) {
            Class<?> type = Class.forName(name, true, loader);
            assertThat(Arrays.stream(type.getDeclaredFields())
                            .map(field -> field.getType().getName()))
                    .contains("dev.wattle.agent.log.jul.Logger");
        }
    }

    @Test
    void hasAName() {
        assertThat(loader.getName()).isEqualTo("wattle");
    }
}
