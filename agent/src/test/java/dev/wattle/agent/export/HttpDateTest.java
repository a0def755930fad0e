/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDateTest {
    @ParameterizedTest
    @CsvSource({
        "1994-11-06T08:49:37Z, 'Sun, 06 Nov 1994 08:49:37 GMT'",
        "2028-02-29T23:59:59Z, 'Tue, 29 Feb 2028 23:59:59 GMT'"
    })
    void writesDaysAndMonthsInEnglish(String instant, String date) {
        assertThat(HttpDate.of(Instant.parse(instant).toEpochMilli())).isEqualTo(date);
        assertThat(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
                .isEqualTo(Instant.parse(instant));
    }
}
