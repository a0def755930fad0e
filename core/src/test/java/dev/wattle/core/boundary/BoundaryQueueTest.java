/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue on one thread; stress tests in benchmarks cover many. */
class BoundaryQueueTest {

    private final BoundaryEvent event = new BoundaryEvent();

    @Test
    void aBoundaryComesOutAsItWentIn() {
        BoundaryQueue queue = new BoundaryQueue(4);

        assertThat(queue.offer(Integer.MAX_VALUE, -1, Long.MIN_VALUE, -2, Long.MAX_VALUE, -0.0))
                .isTrue();
        assertThat(queue.offer(-7, Integer.MAX_VALUE, 3, Long.MIN_VALUE, Boundary.UNKNOWN, Double.NaN))
                .isTrue();

        assertThat(queue.peek(event)).isTrue();
        assertThat(event.event()).isEqualTo(Integer.MAX_VALUE);
        assertThat(event.subject()).isEqualTo(-1);
        assertThat(event.thread()).isEqualTo(Long.MIN_VALUE);
        assertThat(event.nanos()).isEqualTo(-2);
        assertThat(event.size()).isEqualTo(Long.MAX_VALUE);
        assertThat(event.value()).isEqualTo(-0.0);
        queue.remove();
        assertThat(queue.peek(event)).isTrue();
        assertThat(event.event()).isEqualTo(-7);
        assertThat(event.subject()).isEqualTo(Integer.MAX_VALUE);
        assertThat(event.value()).isNaN();
    }

    @Test
    void peekingLeavesTheBoundaryInAndRemovingTakesItOut() {
        BoundaryQueue queue = new BoundaryQueue(4);
        assertThat(queue.peek(event)).isFalse();
        offer(queue, 1);
        offer(queue, 2);

        assertThat(queue.peek(event)).isTrue();
        assertThat(queue.peek(event)).isTrue();
        assertThat(event.size()).isEqualTo(1);
        assertThat(queue.waiting()).isEqualTo(2);
        queue.remove();
        assertThat(drain(queue)).containsExactly(2L);
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void losesNoIterationOfManyThreadsUncounted() throws InterruptedException {
        BoundaryQueue queue = new BoundaryQueue(64);
        int iteration = Boundary.ITERATION.eventOf(Framework.DJL);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                for (int j = 0; j < 10_000; j++) {
                    queue.offer(iteration, 1, number, j, Boundary.UNKNOWN, Double.NaN);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(drain(queue).size() + queue.droppedIterations(Framework.DJL)).isEqualTo(40_000);
        assertThat(queue.droppedIterations(Framework.DJL)).isEqualTo(queue.dropped());
        assertThat(queue.droppedIterations(Framework.DL4J)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64})
    void keepsTheirOrderOverManyLaps(int capacity) {
        BoundaryQueue queue = new BoundaryQueue(capacity);
        List<Long> put = new ArrayList<>();
        List<Long> taken = new ArrayList<>();
        long next = 0;
        for (int lap = 0; lap < 50; lap++) {
            for (int i = 0; i < Math.max(1, capacity - lap % capacity); i++) {
                put.add(next);
                assertThat(offer(queue, next++)).isTrue();
            }
            taken.addAll(drain(queue));
        }

        assertThat(taken).isEqualTo(put);
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void whatFindsItFullIsDroppedAndCountedAndWhatWasInStays() {
        BoundaryQueue queue = new BoundaryQueue(4);
        for (int i = 0; i < 4; i++) {
            assertThat(offer(queue, i)).isTrue();
        }
        assertThat(offer(queue, 4)).isFalse();
        assertThat(offer(queue, 5)).isFalse();

        assertThat(queue.dropped()).isEqualTo(2);
        assertThat(queue.peek(event)).isTrue();
        queue.remove();
        assertThat(offer(queue, 6)).isTrue();
        assertThat(offer(queue, 7)).isFalse();
        assertThat(drain(queue)).containsExactly(1L, 2L, 3L, 6L);
        assertThat(queue.dropped()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"FETCH", "BATCH", "ITERATION", "METRIC"})
    void whatComesWithEachBatchLeavesRoomForStartsAndEnds(Boundary detail) {
        BoundaryQueue queue = new BoundaryQueue(16);
        int taken = 0;
        while (queue.offer(detail.eventOf(Framework.SAMEDIFF), 0, 0, 0, taken, 0)) {
            taken++;
        }

        assertThat(taken).isEqualTo(14);
        assertThat(queue.offer(Boundary.EPOCH_END.eventOf(Framework.SAMEDIFF), 0, 0, 0, 14, 0))
                .isTrue();
        assertThat(queue.offer(Boundary.RUN_END.eventOf(Framework.SAMEDIFF), 0, 0, 0, 15, 0))
                .isTrue();
        assertThat(queue.offer(Boundary.CLOSE.eventOf(Framework.SAMEDIFF), 0, 0, 0, 16, 0))
                .isFalse();
        assertThat(drain(queue)).hasSize(16);
        assertThat(queue.dropped()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 100, Integer.MIN_VALUE})
    void aCapacityThatIsNoPowerOfTwoIsRefused(int capacity) {
        assertThatThrownBy(() -> new BoundaryQueue(capacity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("" + capacity);
    }

    @Test
    void puttingInAndTakingOutAllocatesNothing() {
        BoundaryQueue queue = new BoundaryQueue(64);
        Runnable puttingIn = () -> {
            for (int i = 0; i < 80; i++) {
                queue.offer(3, i, 1, System.nanoTime(), 64, 0.25);
            }
            while (queue.peek(event)) {
                queue.remove();
            }
        };

        assertThat(allocatedBy(puttingIn)).isZero();
        assertThat(queue.dropped()).isPositive();
    }

    private static boolean offer(BoundaryQueue queue, long size) {
        return queue.offer(0, 0, 0, 0, size, 0);
    }

    private List<Long> drain(BoundaryQueue queue) {
        List<Long> sizes = new ArrayList<>();
        while (queue.peek(event)) {
            sizes.add(event.size());
            queue.remove();
        }
        return sizes;
    }

    private static long allocatedBy(Runnable operation) {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 1_000; i++) {
            operation.run();
        }
        @SuppressWarnings("deprecation") // threadId() is newer than the oldest JDK supported
        long thread = Thread.currentThread().getId();
        bean.getThreadAllocatedBytes(thread);
        long before = bean.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 1_000; i++) {
            operation.run();
        }
        return bean.getThreadAllocatedBytes(thread) - before;
    }
}
