/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameworkTableTest {
    private final FrameworkTable frameworks = new FrameworkTable();

    @Test
    void knowsTheFrameworksThatWereFound() {
        assertThat(frameworks.all()).isEmpty();

        frameworks.found(Framework.DJL);

        assertThat(frameworks.all()).containsExactly(Framework.DJL);
    }

    @Test
    void reportsEachFrameworkOnceWhetherFoundBeforeOrAfter() {
        List<Framework> calls = new ArrayList<>();
        frameworks.found(Framework.DJL);
        frameworks.whenFound(calls::add);
        frameworks.found(Framework.DL4J);
        frameworks.found(Framework.DJL);
        frameworks.found(Framework.DL4J);

        assertThat(calls).containsExactly(Framework.DJL, Framework.DL4J);
    }

    @Test
    void callsFrameworksByTheWordsOfTheDocumentation() {
        assertThat(Framework.DL4J.tag()).isEqualTo("dl4j");
        assertThat(Framework.DJL.tag()).isEqualTo("djl");
    }
}
