/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void trainsTenEpochsOnTheDigitsByDefault() {
        assertThat(Options.parse()).isEqualTo(new Options(10, 42, 16, Source.DIGITS));
    }

    @Test
    void readsEveryOption() {
        assertThat(Options.parse("--data", "iris", "--epochs", "3", "--seed", "7", "--batch", "32"))
                .isEqualTo(new Options(3, 7, 32, Source.IRIS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--epoch 3", "--epochs", "--epochs 0", "--batch 0", "--data mnist"})
    void refusesWhatItDoesNotKnow(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(line.split(" ")));
    }
}
