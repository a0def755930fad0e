/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {
    @TempDir
    private Path directory;

    private File hosts;

    @BeforeEach
    void write() throws IOException {
        hosts = Files.writeString(
                        directory.resolve("hosts"),
                        "127.0.0.1 localhost\n\n# 192.0.2.1 old\n192.0.2.7\tgpu7.example.org gpu7 # our own\nfd00::7 six\n")
                .toFile();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "0.0.0.0, 0.0.0.0",
        "::1, 0:0:0:0:0:0:0:1",
        "::, 0:0:0:0:0:0:0:0",
        "localhost, 127.0.0.1",
        "LOCALHOST, 127.0.0.1",
        "gpu7, 192.0.2.7",
        "GPU7.example.org, 192.0.2.7",
        "six, fd00:0:0:0:0:0:0:7"
    })
    void readsFiguresAndTheMachinesOwnNames(String host, String address) throws IOException {
        assertThat(ListenAddress.of(host, hosts).getHostAddress()).isEqualTo(address);
    }

    @Test
    void saysOfAnUnknownNameWhereItWasLookedFor() {
        assertThatThrownBy(() -> ListenAddress.of("old", hosts))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("old is not in " + hosts, "0.0.0.0");
        assertThatThrownBy(() -> ListenAddress.of("gpu7", new File("/no/such/file")))
                .isInstanceOf(IOException.class);
    }
}
