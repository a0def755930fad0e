/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerFilesTest {

    private static final LedgerFiles FILES = new LedgerFiles(
            List.of(
                    Path.of("20261128-101500-7.jsonl"),
                    Path.of("20261128-101600-8-digits.jsonl"),
                    Path.of("20261128-101700-9-digits-large.jsonl"),
                    Path.of("renamed.jsonl")),
            List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20261128-101500-7 | 20261128-101500-7",
                "20261128-101600 | 20261128-101600-8-digits",
                "digits | 20261128-101600-8-digits",
                "digits-l | 20261128-101700-9-digits-large",
                "ren | renamed",
                "dig | 20261128-101600-8-digits;20261128-101700-9-digits-large",
                "igits | ''",
                "numbers | ''",
            })
    void findsJournalsByTheirNameTheirRunsNameAndTheStartOfEither(String word, String names) {
        assertThat(String.join(
                        ";", FILES.named(word).stream().map(LedgerFiles::nameOf).toList()))
                .isEqualTo(names);
    }
}
