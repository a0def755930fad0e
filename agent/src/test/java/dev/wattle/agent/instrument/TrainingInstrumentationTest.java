/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.training.Trainer;
import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.agent.premain.TrainingFilter;
import dev.wattle.core.boundary.Framework;
import dev.wattle.core.sampling.MeterThreads;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingInstrumentationTest {
    private final Instrumentation instrumentation = ByteBuddyAgent.install();
    private final TrainingFilter filter = new TrainingFilter();
    private final MeterThreads threads = new MeterThreads();
    private final List<Framework> found = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final CountDownLatch marked = new CountDownLatch(1);
    private final Trainer alreadyTraining = new Trainer();

    @BeforeEach
    void register() {
        instrumentation.addTransformer(filter, true);
    }

    @AfterEach
    void unregister() {
        TrainingBridge.connect(null);
        instrumentation.removeTransformer(filter);
    }

    @Test
    void countsInAClassThatWasLoadedBeforeTheWeaverWasReady() throws Exception {
        try (TrainingInstrumentation armed = arm()) {
            announce();

            assertThat(stepUntilMarked()).isTrue();
        }
        // Loaders of other tests in this JVM, which do not see the bridge, have a Trainer too.
        assertThat(logged).allMatch(line -> line.contains(WeavingLoader.class.getName()));
    }

    @Test
    void countsInAJvmInWhichNoFurtherTrainingClassIsLoaded() throws Exception {
        try (TrainingInstrumentation armed = arm()) {
            armed.scanLoaded();

            assertThat(stepUntilMarked()).isTrue();
        }
    }

    @Test
    void marksNothingAfterClose() throws Exception {
        TrainingInstrumentation armed = arm();
        announce();
        stepUntilMarked();

        armed.close();

        CountDownLatch afterwards = new CountDownLatch(1);
        TrainingBridge.connect(new CountingDown(afterwards));
        alreadyTraining.step();
        assertThat(afterwards.getCount()).isOne();
    }

    @Test
    void restoresTheBytesOfTheClassOnClose() throws Exception {
        byte[] before = bytesOfTrainer();
        TrainingInstrumentation armed = arm();
        announce();
        stepUntilMarked();
        byte[] instrumented = bytesOfTrainer();

        armed.close();

        assertThat(instrumented).isNotEqualTo(before);
        assertThat(bytesOfTrainer()).isEqualTo(before);
    }

    @Test
    void startsNoThreadBeforeATrainingClassIsSeen() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        try (TrainingInstrumentation armed = arm()) {
            assertThat(before).containsAll(Thread.getAllStackTraces().keySet());
        }
    }

    @Test
    void countsTheCpuTimeOfTheThreadThatInstruments() throws Exception {
        try (TrainingInstrumentation armed = arm()) {
            assertThat(threads.cpuNanos()).isZero();

            announce();
            stepUntilMarked();

            assertThat(threads.cpuNanos()).isPositive();
        }
    }

    @Test
    void leavesNoSystemPropertyBehind() throws Exception {
        var before = System.getProperties().clone();

        try (TrainingInstrumentation armed = arm()) {
            announce();
            stepUntilMarked();
        }

        assertThat(System.getProperties()).isEqualTo(before);
    }

    private TrainingInstrumentation arm() {
        return TrainingInstrumentation.arm(
                instrumentation, filter, work -> threads.create("instrument", work), found::add, logged::add);
    }

    /** Does what the JVM does when it loads a class of a framework. */
    private void announce() throws Exception {
        filter.transform(getClass().getClassLoader(), "ai/djl/Model", null, null, new byte[0]);
    }

    /** The bytes of the class after all transformers. */
    private byte[] bytesOfTrainer() throws Exception {
        AtomicReference<byte[]> seen = new AtomicReference<>();
        ClassFileTransformer last = new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader loader,
                    @Nullable String name,
                    @Nullable Class<?> redefined,
                    @Nullable ProtectionDomain domain,
                    byte[] bytes) {
                if (redefined == Trainer.class) {
                    seen.set(bytes.clone());
                }
                return null;
            }
        };
        instrumentation.addTransformer(last, true);
        try {
            instrumentation.retransformClasses(Trainer.class);
        } finally {
            instrumentation.removeTransformer(last);
        }
        return Objects.requireNonNull(seen.get());
    }

    private boolean stepUntilMarked() throws InterruptedException {
        TrainingBridge.connect(new CountingDown(marked));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!marked.await(1, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline) {
            alreadyTraining.step();
        }
        return marked.getCount() == 0;
    }

    private record CountingDown(CountDownLatch latch) implements TrainingBridge.Sink {
        @Override
        public void mark(int event, int subject, long size, double value) {
            latch.countDown();
        }

        @Override
        public void metric(int event, int subject, String name, double value) {}

        @Override
        public boolean stops(int framework, int subject) {
            return false;
        }
    }
}
