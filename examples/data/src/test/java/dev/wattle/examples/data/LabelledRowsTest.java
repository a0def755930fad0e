/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelledRowsTest {
    private static final LabelledRows DIGITS = LabelledRows.digits();

    @Test
    void readsAllDigitsAsImagesOf64Pixels() {
        assertThat(DIGITS.size()).isEqualTo(1_797);
        assertThat(DIGITS.classes()).isEqualTo(10);
        assertThat(DIGITS.features()).hasDimensions(1_797, 64);
    }

    @Test
    void scalesPixelsToOne() {
        for (float[] pixels : DIGITS.features()) {
            for (float pixel : pixels) {
                assertThat(pixel).isBetween(0f, 1f);
            }
        }
        assertThat(DIGITS.features()[0]).startsWith(0f, 0f, 5 / 16f, 13 / 16f);
    }

    @Test
    void takesTheClassFromTheLastColumn() {
        LabelledRows flowers = read("5.1,3.5,1.4,0.2,0\n7.0,3.2,4.7,1.4,1\n");

        assertThat(flowers.labels()).containsExactly(0, 1);
        assertThat(flowers.features()[1]).containsExactly(3.5f, 1.6f, 2.35f, 0.7f);
    }

    @Test
    void refusesATableWithWords() {
        assertThatThrownBy(() -> read("5.1,3.5,1.4,0.2,setosa\n")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void splitsEveryRowIntoExactlyOnePart() {
        Split split = DIGITS.split(0.2, 1);

        Set<float[]> rows = Collections.newSetFromMap(new IdentityHashMap<>());
        Collections.addAll(rows, split.train().features());
        Collections.addAll(rows, split.test().features());
        assertThat(split.train().size() + split.test().size()).isEqualTo(DIGITS.size());
        assertThat(rows).hasSize(DIGITS.size());
    }

    @Test
    void takesTheSameShareOfEveryClass() {
        Split split = DIGITS.split(0.2, 1);

        for (int digit = 0; digit < 10; digit++) {
            assertThat(count(split.test(), digit)).isEqualTo((int) (0.2 * count(DIGITS, digit)));
        }
    }

    @Test
    void splitsTheSameForOneSeedAndOtherwiseForAnother() {
        int[] labels = DIGITS.split(0.2, 1).train().labels();

        assertThat(DIGITS.split(0.2, 1).train().labels()).isEqualTo(labels);
        assertThat(DIGITS.split(0.2, 2).train().labels()).isNotEqualTo(labels);
    }

    private static LabelledRows read(String lines) {
        return LabelledRows.read(new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII)), 2f);
    }

    private static int count(LabelledRows rows, int label) {
        int count = 0;
        for (int each : rows.labels()) {
            count += each == label ? 1 : 0;
        }
        return count;
    }
}
