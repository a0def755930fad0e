/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "120 | 120",
                "' 7 ' | 7",
                "Sat, 28 Nov 2026 12:01:30 GMT | 90",
                "Sat, 28 Nov 2026 11:00:00 GMT | 0",
            })
    void readsSecondsAndDates(String text, long seconds) {
        assertThat(RetryAfter.parse(text, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "soon",
                "1.5",
                "12345678901",
                "Sat, 31 Feb 2026 12:00:00 GMT",
                "Sat, 28 Nix 2026 12:00:00 GMT"
            })
    void ignoresEverythingElse(String text) {
        assertThat(RetryAfter.parse(text, NOW)).isEmpty();
    }

    @Test
    void aDateOfTodayIsWhatServersSend() {
        assertThat(RetryAfter.parse("Sun, 29 Nov 2026 00:00:00 GMT", NOW)).contains(Duration.ofHours(12));
    }
}
