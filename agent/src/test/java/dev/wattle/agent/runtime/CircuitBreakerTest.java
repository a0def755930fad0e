/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private final List<Throwable> reported = new ArrayList<>();
    private final CircuitBreaker breaker = new CircuitBreaker(reported::add);

    @Test
    void staysClosedWhereASuccessFollowsEachFailure() {
        for (int day = 0; day < 10 * CircuitBreaker.MAX_FAILURES; day++) {
            assertThat(breaker.run(CircuitBreakerTest::fail)).isEmpty();
            assertThat(breaker.run(() -> {})).isEmpty();
        }
    }

    @Test
    void opensAfterFailuresInARowAndReturnsTheLast() {
        for (int failure = 0; failure < CircuitBreaker.MAX_FAILURES; failure++) {
            assertThat(breaker.run(CircuitBreakerTest::fail)).isEmpty();
        }

        assertThat(breaker.run(CircuitBreakerTest::fail)).get().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void staysClosedWhileTheHeapIsFull() {
        for (int failure = 0; failure < 100 * CircuitBreaker.MAX_FAILURES; failure++) {
            assertThat(breaker.run(CircuitBreakerTest::useUpTheHeap)).isEmpty();
        }
    }

    @Test
    void survivesAReportThatFails() {
        CircuitBreaker failing = new CircuitBreaker(failure -> useUpTheHeap());

        assertThat(failing.run(CircuitBreakerTest::useUpTheHeap)).isEmpty();
    }

    @Test
    void reportsASeriesOfFailuresOnceAndALaterSeriesAgain() {
        breaker.run(CircuitBreakerTest::fail);
        breaker.run(() -> {});
        breaker.run(CircuitBreakerTest::fail);
        assertThat(reported).hasSize(1);

        for (int success = 0; success < 10_000; success++) {
            breaker.run(() -> {});
        }
        breaker.run(CircuitBreakerTest::fail);
        assertThat(reported).hasSize(2);
    }

    private static void fail() {
        throw new IllegalStateException("broken");
    }

    private static void useUpTheHeap() {
        throw new OutOfMemoryError("Java heap space");
    }
}
