/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({
        "'OpenJDK 64-Bit Server VM 17.0.15+6-Debian-1, Debian', false",
        "'OpenJDK 64-Bit Server VM 23+37, Eclipse Adoptium', false",
        "'OpenJDK 64-Bit Server VM 24-ea+3, Oracle Corporation', true",
        "'OpenJDK 64-Bit Server VM 25.0.3+9-LTS, Eclipse Adoptium', true",
        "unknown, false"
    })
    void knowsWhichJavaHasAotCachesThatHaveToBeRecordedForAnAgent(String java, boolean has) {
        Environment here = new Environment("", "", java, "", Optional.empty(), "", 1);

        assertThat(here.aotCache().isPresent()).isEqualTo(has);
    }

    @Test
    void readsWhatLinuxReportsAboutItselfAndThisUser() throws IOException {
        write("etc/os-release", "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
        write("proc/version", "Linux version 6.1.0-18-amd64 (k@d.org) (gcc-12 (Debian 12.2.0-14) 12.2.0) #1 SMP\n");
        write(
                "proc/self/status",
                "Name:\tjava\nUid:\t1000\t1000\t1000\t1000\nGid:\t100\t100\t100\t100\n"
                        + "Groups:\t100 995 \nCapEff:\t0000000000000000\n");
        write("proc/cpuinfo", "processor\t: 0\nmodel name\t: AMD EPYC 9R14\n");

        Environment here = look(Map.of());

        assertThat(here.system()).startsWith("Debian GNU/Linux 12 (bookworm), ");
        assertThat(here.kernel()).isEqualTo("Linux version 6.1.0-18-amd64 #1 SMP");
        assertThat(here.user()).endsWith(" (uid 1000, gid 100, groups 100 995, capabilities 0000000000000000)");
        assertThat(here.processor()).isEqualTo("AMD EPYC 9R14");
        assertThat(here.container()).isEmpty();
    }

    @Test
    void usesWhatJavaReportsWhereThereIsNoLinux() {
        Environment here = look(Map.of());

        assertThat(here.system()).startsWith(System.getProperty("os.name"));
        assertThat(here.kernel()).isEqualTo("unknown");
        assertThat(here.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(here.processor()).isEqualTo("unknown");
    }

    @Test
    void knowsAContainerByItsFilesItsEnvironmentAndItsGroup() throws IOException {
        assertThat(look(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1")).container())
                .contains("KUBERNETES_SERVICE_HOST in the environment");

        write("proc/self/cgroup", "0::/system.slice/docker-4f0c.scope\n");
        assertThat(look(Map.of()).container()).contains("0::/system.slice/docker-4f0c.scope");

        write(".dockerenv", "");
        assertThat(look(Map.of()).container()).contains("/.dockerenv");
    }

    private Environment look(Map<String, String> environment) {
        return Environment.of(root, root.resolve("proc"), environment);
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
