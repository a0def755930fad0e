/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TrackerTest {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Place place = new Place();
    private final Tracker tracker = new Tracker(place, lines::add);
    private final Thread thread = new Thread(tracker::run);

    @AfterEach
    void close() throws InterruptedException {
        tracker.close();
        thread.join();
    }

    @Test
    void deliversEverythingInOrderAndInBatchesThatTheSinkTakes() throws InterruptedException {
        tracker.add(scalars(0, 8));
        thread.start();
        tracker.end(scalars(8, 9), Map.of("wattle.run", "r"));

        assertThat(tracker.awaitEnd(LONG_NANOS)).isEmpty();
        assertThat(place.steps()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(place.batches).allMatch(size -> size <= Place.MAX_BATCH);
        assertThat(place.notes).containsEntry("wattle.run", "r");
        assertThat(lines).isEmpty();
    }

    @Test
    void keepsWhatCouldNotBeDeliveredAndReportsAnOutageOnce() throws InterruptedException {
        place.answers.add(new Delivery.Later("status 500", Optional.of(1L)));
        place.answers.add(new Delivery.Later("status 503", Optional.of(1L)));
        thread.start();
        tracker.add(scalars(0, 2));
        place.awaitDelivered(2);
        tracker.end(scalars(2, 3), Map.of());

        assertThat(tracker.awaitEnd(LONG_NANOS)).isEmpty();
        assertThat(place.steps()).containsExactly(0L, 1L, 2L);
        assertThat(lines).containsExactly("a place gets no values now: status 500; they are kept and tried again");
    }

    @Test
    void givesUpWhereItIsRefused() throws InterruptedException {
        place.answers.add(new Delivery.Never("status 404; no such run"));
        thread.start();
        tracker.add(scalars(0, 2));
        thread.join();
        tracker.add(scalars(2, 4));
        tracker.end(List.of(), Map.of());

        assertThat(tracker.awaitEnd(LONG_NANOS)).isEmpty();
        assertThat(place.steps()).isEmpty();
        assertThat(lines).containsExactly("a place gets no values: status 404; no such run");
    }

    @Test
    void makesOneAttemptAtTheEnd() throws InterruptedException {
        place.answers.add(new Delivery.Later("it is down", Optional.empty()));
        place.answers.add(new Delivery.Later("it is still down", Optional.empty()));
        tracker.add(scalars(0, 2));
        tracker.end(List.of(), Map.of());
        thread.start();

        assertThat(tracker.awaitEnd(LONG_NANOS)).isEmpty();
        assertThat(place.answers).hasSize(1);
        assertThat(lines).containsExactly("a place gets no values now: it is down; the last ones are missing there");
    }

    @Test
    void doesNotWaitForASinkThatHangs() throws InterruptedException {
        place.hang();
        thread.start();
        tracker.add(scalars(0, 1));
        place.awaitCall();
        tracker.end(scalars(1, 2), Map.of());

        assertThat(tracker.awaitEnd(1))
                .isEqualTo("a place did not answer before the run ended: the last values are missing there");
    }

    @Test
    void dropsTheOldestWhereTooManyWait() throws InterruptedException {
        tracker.add(scalars(0, Tracker.MAX_WAITING));
        tracker.add(scalars(Tracker.MAX_WAITING, Tracker.MAX_WAITING + 5));
        tracker.end(List.of(), Map.of());
        thread.start();

        assertThat(tracker.awaitEnd(LONG_NANOS)).isEmpty();
        assertThat(place.steps()).hasSize(Tracker.MAX_WAITING).startsWith(5L).endsWith(Tracker.MAX_WAITING + 4L);
    }

    @Test
    void continuesAfterAnInterruptThatIsMeantForOthers() throws InterruptedException {
        thread.start();
        tracker.add(scalars(0, 1));
        place.awaitDelivered(1);
        thread.interrupt();
        tracker.add(scalars(1, 2));
        tracker.end(List.of(), Map.of());

        assertThat(tracker.awaitEnd(LONG_NANOS)).isEmpty();
        assertThat(place.steps()).containsExactly(0L, 1L);
    }

    private static List<Scalar> scalars(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(step -> new Scalar("wattle/loss", 1, 0, step))
                .toList();
    }

    /** Answers as it is told, and otherwise keeps what it gets. */
    private static final class Place implements TrackerSink {
        static final int MAX_BATCH = 3;

        final Deque<Delivery> answers = new ArrayDeque<>();
        final List<Integer> batches = new ArrayList<>();
        private final List<Scalar> delivered = new ArrayList<>();
        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);
        Map<String, String> notes = Map.of();
        private boolean hangs;

        void hang() {
            hangs = true;
        }

        synchronized List<Long> steps() {
            return delivered.stream().map(Scalar::step).toList();
        }

        synchronized void awaitDelivered(int count) throws InterruptedException {
            while (delivered.size() < count) {
                wait();
            }
        }

        void awaitCall() throws InterruptedException {
            called.await();
        }

        @Override
        public String place() {
            return "a place";
        }

        @Override
        public int maxBatch() {
            return MAX_BATCH;
        }

        @Override
        public long pauseNanos() {
            return 1;
        }

        @Override
        public Delivery deliver(List<Scalar> scalars, Map<String, String> newNotes) {
            called.countDown();
            if (hangs) {
                try {
                    interrupted.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new Delivery.Later("it was interrupted", Optional.empty());
            }
            Delivery answer = answers.poll();
            if (answer != null) {
                return answer;
            }
            synchronized (this) {
                batches.add(scalars.size());
                delivered.addAll(scalars);
                notes = newNotes;
                notifyAll();
            }
            return new Delivery.Done();
        }

        @Override
        public void interrupt() {
            interrupted.countDown();
        }

        @Override
        public void close() {}
    }
}
