/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingBridgeTest {
    private static final int CALLS = 10_000;
    private static final int EVENT = 5;
    private final Object subject = new Object();
    private final int id = System.identityHashCode(subject);
    private final List<String> recorded = new ArrayList<>();

    @AfterEach
    void disconnect() {
        TrainingBridge.connect(null);
    }

    @Test
    void doesNothingWithoutASink() {
        assertThatCode(() -> {
                    TrainingBridge.mark(EVENT, subject, 1, 2);
                    TrainingBridge.metric(EVENT, subject, "loss", 2);
                    TrainingBridge.metrics(EVENT, subject, Map.of("loss", 2));
                })
                .doesNotThrowAnyException();
        assertThat(TrainingBridge.stops(0, subject)).isFalse();
    }

    @Test
    void givesTheSinkTheIdentityOfTheSubject() {
        TrainingBridge.connect(new RecordingSink());

        TrainingBridge.mark(EVENT, subject, 16, 0.5);
        TrainingBridge.mark(EVENT, null, 16, 0.5);
        TrainingBridge.metric(EVENT, subject, "loss", 0.25);

        assertThat(recorded).containsExactly("5 " + id + " 16 0.5", "5 0 16 0.5", "5 " + id + " loss 0.25");
    }

    @Test
    void asksTheSinkWhetherToStop() {
        TrainingBridge.connect(new RecordingSink());

        assertThat(TrainingBridge.stops(1, subject)).isTrue();
        assertThat(TrainingBridge.stops(2, subject)).isFalse();
    }

    @Test
    void reportsTheFiguresOfAnEpochUnderPlainNames() {
        Map<Object, Object> figures = new LinkedHashMap<>();
        figures.put("train_Top5Accuracy", 0.5f);
        figures.put("validate_BinaryAccuracy", 0.75f);
        figures.put("train_SoftmaxCrossEntropyLoss", 0.125f);
        figures.put("train_L1Loss", 3f);
        figures.put("train_loss", 0.125f);
        figures.put("validate_loss", Float.NaN);
        figures.put("F1 (macro)", 1.0);
        figures.put("note", "no number");
        TrainingBridge.connect(new RecordingSink());

        TrainingBridge.metrics(EVENT, subject, figures);

        assertThat(recorded)
                .containsExactly(
                        "5 " + id + " top5_accuracy 0.5",
                        "5 " + id + " validation_binary_accuracy 0.75",
                        "5 " + id + " l1_loss 3.0",
                        "5 " + id + " loss 0.125",
                        "5 " + id + " f1_macro 1.0");
    }

    @Test
    void countsWhatASinkThrowsAndDoesNotThrowIt() {
        int before = TrainingBridge.failures();
        TrainingBridge.connect(new ThrowingSink());

        assertThatCode(() -> {
                    TrainingBridge.mark(EVENT, subject, 1, 2);
                    TrainingBridge.metric(EVENT, subject, "loss", 2);
                    TrainingBridge.metrics(EVENT, subject, Map.of("loss", 2));
                })
                .doesNotThrowAnyException();
        assertThat(TrainingBridge.stops(0, subject)).isFalse();
        assertThat(TrainingBridge.failures()).isEqualTo(before + 4);
    }

    @Test
    void allocatesNothing() {
        CountingSink sink = new CountingSink();
        TrainingBridge.connect(sink);
        allocatedBy(CALLS);

        assertThat(allocatedBy(CALLS)).isZero();
        assertThat(sink.marks).isEqualTo(2 * CALLS);
    }

    private long allocatedBy(int calls) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(thread);
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < calls; i++) {
            TrainingBridge.mark(EVENT, subject, i, 0.5);
            TrainingBridge.stops(0, subject);
        }
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    private final class RecordingSink implements TrainingBridge.Sink {
        @Override
        public void mark(int event, int subject, long size, double value) {
            recorded.add(event + " " + subject + " " + size + " " + value);
        }

        @Override
        public void metric(int event, int subject, String name, double value) {
            recorded.add(event + " " + subject + " " + name + " " + value);
        }

        @Override
        public boolean stops(int framework, int subject) {
            return framework == 1 && subject == id;
        }
    }

    private static final class ThrowingSink implements TrainingBridge.Sink {
        @Override
        public void mark(int event, int subject, long size, double value) {
            throw new AssertionError("a bug of ours");
        }

        @Override
        public void metric(int event, int subject, String name, double value) {
            throw new AssertionError("a bug of ours");
        }

        @Override
        public boolean stops(int framework, int subject) {
            throw new AssertionError("a bug of ours");
        }
    }

    private static final class CountingSink implements TrainingBridge.Sink {
        private int marks;

        @Override
        public void mark(int event, int subject, long size, double value) {
            marks++;
        }

        @Override
        public void metric(int event, int subject, String name, double value) {}

        @Override
        public boolean stops(int framework, int subject) {
            return false;
        }
    }
}
