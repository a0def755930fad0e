/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void trainsTenEpochsWithTheLibrarysLoopByDefault() {
        assertThat(Options.parse()).isEqualTo(new Options(10, 42, Loop.EASY));
    }

    @Test
    void readsEveryOption() {
        assertThat(Options.parse("--loop", "own", "--epochs", "3", "--seed", "7"))
                .isEqualTo(new Options(3, 7, Loop.OWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--epoch 3", "--epochs", "--epochs 0", "--loop mine"})
    void refusesWhatItDoesNotKnow(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(line.split(" ")));
    }
}
