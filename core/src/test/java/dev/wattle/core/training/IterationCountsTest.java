/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IterationCountsTest {
    private final IterationCounts counts = new IterationCounts();

    @Test
    void countsEachFrameworkByItself() {
        counts.iteration(Framework.DL4J);
        counts.iteration(Framework.DL4J);
        counts.iteration(Framework.DJL);

        assertThat(counts.iterations(Framework.DL4J)).isEqualTo(2);
        assertThat(counts.iterations(Framework.DJL)).isEqualTo(1);
    }

    @Test
    void losesNoIterationOfManyThreads() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < 10_000; j++) {
                    counts.iteration(Framework.DJL);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counts.iterations(Framework.DJL)).isEqualTo(40_000);
    }

    @Test
    void knowsTheFrameworksThatWereFound() {
        assertThat(counts.frameworks()).isEmpty();

        counts.found(Framework.DJL);

        assertThat(counts.frameworks()).containsExactly(Framework.DJL);
    }

    @Test
    void tellsOfEachFrameworkOnceWhetherFoundBeforeOrAfter() {
        List<Framework> told = new ArrayList<>();
        counts.found(Framework.DJL);
        counts.whenFound(told::add);
        counts.found(Framework.DL4J);
        counts.found(Framework.DJL);
        counts.found(Framework.DL4J);

        assertThat(told).containsExactly(Framework.DJL, Framework.DL4J);
    }

    @Test
    void callsFrameworksByTheWordsOfTheDocumentation() {
        assertThat(Framework.DL4J.tag()).isEqualTo("dl4j");
        assertThat(Framework.DJL.tag()).isEqualTo("djl");
    }
}
