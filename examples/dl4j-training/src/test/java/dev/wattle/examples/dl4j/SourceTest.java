/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.examples.data.LabelledRows;
import dev.wattle.examples.data.Split;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class SourceTest {
    @Test
    void readsFiftyFlowersOfEachIris() {
        LabelledRows flowers = Source.IRIS.rows();

        assertThat(flowers.classes()).isEqualTo(3);
        assertThat(flowers.features()).hasDimensions(150, 4);
        assertThat(Arrays.stream(flowers.labels()).filter(label -> label == 2)).hasSize(50);
    }

    @Test
    void turnsEachRowIntoFeaturesAndOneHotClass() {
        Split split = Source.DIGITS.rows().split(0.2, 1);

        DataSet train = Tensors.dataSet(split.train());

        assertThat(train.getFeatures().shape()).containsExactly(split.train().size(), 64);
        assertThat(train.getLabels().shape()).containsExactly(split.train().size(), 10);
        assertThat(train.getLabels().argMax(1).toIntVector())
                .isEqualTo(split.train().labels());
        assertThat(train.getLabels().sumNumber().intValue())
                .isEqualTo(split.train().size());
    }
}
