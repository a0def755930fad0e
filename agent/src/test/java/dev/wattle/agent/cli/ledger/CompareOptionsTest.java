/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompareOptionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b --zone FR --carbon-intensity 100",
                "a b --reach accuracy=0.9 --reach loss=0.1",
                "a b --html=a.html --html=b.html",
                "a b --ledger x --ledger=y",
                "a b --ledger pom.xml",
                "a b --reach accuracy==0.9"
            })
    void refusesWhatContradictsItself(String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompareOptions.parse(words.split(" ", -1)))
                .withMessageNotContaining("\n");
    }

    @Test
    void takesTheSameValueTwice() {
        assertThat(CompareOptions.parse("a b --ledger x --ledger=x".split(" ", -1))
                        .ledger())
                .isPresent();
    }
}
