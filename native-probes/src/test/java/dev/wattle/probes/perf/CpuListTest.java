/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuListTest {
    @Test
    void readsNumbersAndRangesAsTheKernelWritesThem() {
        assertThat(CpuList.parse("0\n")).isEqualTo(List.of(0));
        assertThat(CpuList.parse("0,32\n")).isEqualTo(List.of(0, 32));
        assertThat(CpuList.parse("0-1")).isEqualTo(List.of(0, 1));
        assertThat(CpuList.parse("4,0-2,2\n")).isEqualTo(List.of(0, 1, 2, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a", "1-", "-1", "3-1", "0,,1", "0-99999999", "1.5"})
    void whatIsNoListIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CpuList.parse(text));
    }
}
