/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoalTest {

    @ParameterizedTest
    @CsvSource({
        "accuracy=0.97, accuracy >= 0.97",
        "loss=0.1, loss <= 0.1",
        "val_loss = 2, val_loss <= 2",
        "fancy>=3, fancy >= 3",
        "fancy<=0.5, fancy <= 0.5",
        "loss>=0.1, loss >= 0.1"
    })
    void takesTheDirectionFromTheNameOrTheSign(String text, String goal) {
        assertThat(Goal.parse(text).text()).isEqualTo(goal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accuracy==0.9",
                "accuracy=>0.9",
                "accuracy!=0.9",
                "accuracy=0.9f",
                "accuracy<>=1",
                "accuracy",
                "=0.9",
                "accuracy=",
                "accuracy=high",
                "accuracy=NaN",
                "accuracy=1e999",
                ">=1",
                ""
            })
    void refusesWhatIsNoGoal(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Goal.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fancy=3"})
    void asksForTheDirectionOfANameThatDoesNotSay(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Goal.parse(text))
                .withMessageContaining("fancy>=3")
                .withMessageContaining("fancy<=3");
    }
}
