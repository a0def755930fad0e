/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final List<Throwable> told = new ArrayList<>();
    private final Attempts attempts = new Attempts(told::add);

    @Test
    void failuresOverAMonthAreNoneInARow() {
        for (int day = 0; day < 10 * Attempts.MOST_FAILURES; day++) {
            assertThat(attempts.of(AttemptsTest::fail)).isEmpty();
            assertThat(attempts.of(() -> {})).isEmpty();
        }
    }

    @Test
    void failuresInARowAreGivenUpAndTheLastIsTheReason() {
        for (int failure = 0; failure < Attempts.MOST_FAILURES; failure++) {
            assertThat(attempts.of(AttemptsTest::fail)).isEmpty();
        }

        assertThat(attempts.of(AttemptsTest::fail)).get().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aHeapThatIsFullForLongIsNoReasonToGiveUp() {
        for (int failure = 0; failure < 100 * Attempts.MOST_FAILURES; failure++) {
            assertThat(attempts.of(AttemptsTest::useUpTheHeap)).isEmpty();
        }
    }

    @Test
    void aFailureThatCannotBeToldIsNoneOfTheTeller() {
        Attempts speechless = new Attempts(failure -> useUpTheHeap());

        assertThat(speechless.of(AttemptsTest::useUpTheHeap)).isEmpty();
    }

    @Test
    void failuresOneAfterTheOtherAreToldOnceAndOnesThatComeMuchLaterAgain() {
        attempts.of(AttemptsTest::fail);
        attempts.of(() -> {});
        attempts.of(AttemptsTest::fail);
        assertThat(told).hasSize(1);

        for (int success = 0; success < 10_000; success++) {
            attempts.of(() -> {});
        }
        attempts.of(AttemptsTest::fail);
        assertThat(told).hasSize(2);
    }

    private static void fail() {
        throw new IllegalStateException("broken");
    }

    private static void useUpTheHeap() {
        throw new OutOfMemoryError("Java heap space");
    }
}
