/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.examples.data.LabelledRows;
import dev.wattle.examples.data.Split;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SourceTest {
    @Test
    void readsFiftyFlowersOfEachIris() {
        LabelledRows flowers = Source.IRIS.rows();

        assertThat(flowers.classes()).isEqualTo(3);
        assertThat(flowers.features()).hasDimensions(150, 4);
        assertThat(Arrays.stream(flowers.labels()).filter(label -> label == 2)).hasSize(50);
    }

    @Test
    void holdsBackTenFlowersOfEachIrisForTheTest() {
        Split split = Source.IRIS.rows().split(0.2, 1);

        assertThat(split.train().size()).isEqualTo(120);
        assertThat(Arrays.stream(split.test().labels()).filter(label -> label == 1))
                .hasSize(10);
    }

    @Test
    void marksTheClassOfEachRowWithASingleOne() {
        LabelledRows digits = Source.DIGITS.rows();

        float[][] oneHot = Tensors.oneHot(digits);

        assertThat(oneHot).hasDimensions(1_797, 10);
        assertThat(digits.labels()).startsWith(0, 1, 2);
        assertThat(oneHot[2]).containsExactly(0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    }
}
