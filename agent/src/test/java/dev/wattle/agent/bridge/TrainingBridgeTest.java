/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingBridgeTest {
    private static final int CALLS = 10_000;

    @AfterEach
    void disconnect() {
        TrainingBridge.connect(null);
    }

    @Test
    void doesNothingWithoutASink() {
        assertThatCode(() -> TrainingBridge.iteration(TrainingBridge.DL4J)).doesNotThrowAnyException();
    }

    @Test
    void tellsTheSinkWhichFrameworkStepped() {
        List<Integer> heard = new ArrayList<>();
        TrainingBridge.connect(heard::add);

        TrainingBridge.iteration(TrainingBridge.DL4J);
        TrainingBridge.iteration(TrainingBridge.DJL);

        assertThat(heard).containsExactly(TrainingBridge.DL4J, TrainingBridge.DJL);
    }

    @Test
    void keepsWhatASinkThrowsFromTheTrainingCodeAndCountsIt() {
        int before = TrainingBridge.failures();
        TrainingBridge.connect(framework -> {
            throw new AssertionError("a bug of ours");
        });

        assertThatCode(() -> TrainingBridge.iteration(TrainingBridge.DJL)).doesNotThrowAnyException();
        assertThat(TrainingBridge.failures()).isEqualTo(before + 1);
    }

    @Test
    void allocatesNothing() {
        int[] heard = new int[1];
        TrainingBridge.connect(framework -> heard[0]++);
        allocatedBy(CALLS);

        assertThat(allocatedBy(CALLS)).isZero();
        assertThat(heard[0]).isEqualTo(2 * CALLS);
    }

    private static long allocatedBy(int calls) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(id);
        long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < calls; i++) {
            TrainingBridge.iteration(TrainingBridge.DL4J);
        }
        return threads.getThreadAllocatedBytes(id) - before;
    }
}
