/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricNamesTest {

    private final MetricNames names = new MetricNames();

    @Test
    void leavesOutWhatCannotBePrinted() {
        MetricNames names = new MetricNames();

        assertThat(names.nameOf(names.numberOf("f1\u001b[31m\n"))).isEqualTo("f1[31m");
        assertThat(names.nameOf(names.numberOf("\n"))).isEqualTo("unnamed");
        assertThat(names.nameOf(names.numberOf("f1\u009B\uD83D"))).isEqualTo("f1");
    }

    @Test
    void aNameKeepsItsNumberAndIsFoundByIt() {
        int accuracy = names.numberOf("accuracy");
        int f1 = names.numberOf("f1");

        assertThat(names.numberOf("accuracy")).isEqualTo(accuracy).isNotEqualTo(f1);
        assertThat(names.nameOf(accuracy)).isEqualTo("accuracy");
        assertThat(names.nameOf(f1)).isEqualTo("f1");
    }

    @Test
    void afterSixtyFourNamesFurtherOnesAreOne() {
        for (int i = 0; i < 64; i++) {
            assertThat(names.nameOf(names.numberOf("metric " + i))).isEqualTo("metric " + i);
        }

        assertThat(names.numberOf("one more")).isEqualTo(names.numberOf("yet another"));
        assertThat(names.nameOf(names.numberOf("one more"))).isEqualTo("(other)");
        assertThat(names.nameOf(names.numberOf("metric 7"))).isEqualTo("metric 7");
    }

    @Test
    void noNameIsUnnamedAndALongOneIsCut() {
        assertThat(names.nameOf(names.numberOf(null))).isEqualTo("unnamed");
        assertThat(names.numberOf("  ")).isEqualTo(names.numberOf(null));
        assertThat(names.nameOf(names.numberOf("x".repeat(500)))).hasSize(100);
    }

    @Test
    void aNumberThatWasNotGivenIsOther() {
        assertThat(names.nameOf(0)).isEqualTo("(other)");
        assertThat(names.nameOf(-1)).isEqualTo("(other)");
        assertThat(names.nameOf(Long.MAX_VALUE)).isEqualTo("(other)");
    }
}
