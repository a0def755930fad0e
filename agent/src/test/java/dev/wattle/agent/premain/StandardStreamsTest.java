/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardStreamsTest {
    @ParameterizedTest
    @CsvSource({
        "UTF-8, UTF-8",
        "ISO-8859-1, ISO-8859-1",
        "windows-1252, windows-1252",
        "ANSI_X3.4-1968, UTF-8",
        "US-ASCII, UTF-8",
        "UTF-16, UTF-8",
        "UTF-32, UTF-8",
        "no-such-encoding, UTF-8",
        "'', UTF-8"
    })
    void useTheEncodingOfTheSystemIfItExtendsAscii(String encoding, String used) {
        assertThat(StandardStreams.usable(encoding)).isEqualTo(used);
    }
}
