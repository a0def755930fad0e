/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Clock;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LedgerHelpTest {

    @Test
    void hasEveryOptionOfReport() {
        String known = String.valueOf(catchThrowable(() -> ReportOptions.parse(List.of("--no-such"), Clock.systemUTC()))
                .getMessage());

        assertThat(LedgerHelp.ofReport().lines().map(String::strip).toList())
                .satisfies(lines -> assertThat(options(known.substring(known.indexOf("known:"))))
                        .hasSizeGreaterThan(8)
                        .allSatisfy(option -> assertThat(lines).anyMatch(line -> line.startsWith(option))));
    }

    @Test
    void hasEveryOptionOfCompare() {
        assertThat(LedgerHelp.ofCompare().lines().map(String::strip).toList())
                .satisfies(lines -> assertThat(options(CompareOptions.USAGE))
                        .hasSizeGreaterThan(6)
                        .allSatisfy(option -> assertThat(lines).anyMatch(line -> line.startsWith(option))));
    }

    private static List<String> options(String text) {
        return Pattern.compile("--[a-z-]+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
