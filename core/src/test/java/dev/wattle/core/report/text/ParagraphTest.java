/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void breaksBetweenWordsUnderTheStartOfTheFirst() {
        assertThat(Paragraph.of("1. ", "one two three", 10)).containsExactly("1. one two", "   three");
    }

    @Test
    void leavesAWordWholeThatIsTooLong() {
        assertThat(Paragraph.of("  ", "at /sys/class/powercap now", 10))
                .containsExactly("  at", "  /sys/class/powercap", "  now");
    }
}
