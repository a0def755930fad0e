/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.jna;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.probes.source.Fix;
import java.util.List;
import org.junit.jupiter.api.Test;

class JnaStateTest {
    @Test
    void deniedNativeAccessIsAllowedByAFlag() {
        JnaState.Unavailable state = JnaState.Unavailable.because(
                new ExceptionInInitializerError(new IllegalCallerException("Illegal native access")));

        assertThat(state.reason()).endsWith("java.lang.IllegalCallerException: Illegal native access");
        assertThat(commands(state)).containsExactly("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void aDirectoryThatForbidsExecutionIsReplacedByAFlag() {
        JnaState.Unavailable state = JnaState.Unavailable.because(
                new UnsatisfiedLinkError("/tmp/libjnidispatch.so: failed to map segment from shared object"));

        assertThat(commands(state)).containsExactly("-Djava.io.tmpdir=DIR");
    }

    @Test
    void nothingHelpsAPlatformWithoutItsLibrary() {
        assertThat(commands(JnaState.Unavailable.because(new IllegalStateException("there is none for aix-ppc64"))))
                .isEmpty();
    }

    private static List<String> commands(JnaState.Unavailable state) {
        return state.remedies().stream()
                .map(Fix::commands)
                .flatMap(List::stream)
                .toList();
    }
}
