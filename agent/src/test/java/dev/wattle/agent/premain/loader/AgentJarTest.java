/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentJarTest {
    private static final String OURS = "dev.wattle.agent.premain.WattleAgent";
    private static final String RUNTIME = "inst/dev/wattle/agent/runtime/AgentRuntime.classdata";

    @TempDir
    Path directory;

    @Test
    void passesAJarWithOurManifestAndTheInnerZone() throws IOException {
        Path jar = jar("wattle-agent.jar", OURS, RUNTIME);

        assertThat(AgentJar.refusal(at(jar))).isNull();
    }

    @Test
    void refusesAJarWithAnotherAgentsManifest() throws IOException {
        Path jar = jar("uber.jar", "org.example.OtherAgent", RUNTIME);

        assertThat(AgentJar.refusal(at(jar))).contains("merged into another jar", "uber.jar");
    }

    @Test
    void refusesAJarWithoutTheInnerZone() throws IOException {
        Path jar = jar("flat.jar", OURS, "dev/wattle/agent/runtime/AgentRuntime.class");

        assertThat(AgentJar.refusal(at(jar))).contains("merged into another jar", "flat.jar");
    }

    @Test
    void refusesClassesInADirectory() {
        assertThat(AgentJar.refusal(AgentJar.location())).contains("not in wattle-agent.jar");
    }

    @Test
    void refusesAJarItCannotRead() throws IOException {
        assertThat(AgentJar.refusal(at(directory.resolve("gone.jar")))).contains("cannot read", "gone.jar");
    }

    @Test
    void decodesSpacesAndLettersThatAreNotAscii() throws IOException {
        Path jar = directory.resolve("énergie mètre + 100%.jar");

        assertThat(AgentJar.file(at(jar))).isEqualTo(jar.toFile());
    }

    @Test
    void refusesAUrlThatNamesNoFile() throws IOException {
        URL elsewhere = new URL("http://example.org/app.jar");

        assertThatIllegalArgumentException().isThrownBy(() -> AgentJar.file(elsewhere));
    }

    private Path jar(String name, String premainClass, String entry) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", premainClass);
        Path jar = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new ZipEntry(entry));
        }
        return jar;
    }

    private static URL at(Path jar) throws IOException {
        return jar.toUri().toURL();
    }
}
