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
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CountDownLatch heard = new CountDownLatch(1);
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
    void countsInAClassThatWasLoadedBeforeTheWeaverWasThere() throws Exception {
        try (TrainingInstrumentation armed = arm()) {
            announce();

            assertThat(stepUntilHeard()).isTrue();
        }
        // Loaders of other tests in this JVM, which do not see the bridge, have a Trainer too.
        assertThat(said).allMatch(line -> line.contains(WeavingLoader.class.getName()));
    }

    @Test
    void countsInAJvmInWhichNoFurtherTrainingClassIsLoaded() throws Exception {
        try (TrainingInstrumentation armed = arm()) {
            armed.lookAtLoaded();

            assertThat(stepUntilHeard()).isTrue();
        }
    }

    @Test
    void givesTheClassItsOwnBytesBackOnClose() throws Exception {
        TrainingInstrumentation armed = arm();
        announce();
        stepUntilHeard();

        armed.close();

        CountDownLatch afterwards = new CountDownLatch(1);
        TrainingBridge.connect(new CountingDown(afterwards));
        alreadyTraining.step();
        assertThat(afterwards.getCount()).isOne();
    }

    @Test
    void leavesTheBytesOfTheClassAsTheyWere() throws Exception {
        byte[] before = bytesOfTrainer();
        TrainingInstrumentation armed = arm();
        announce();
        stepUntilHeard();
        byte[] woven = bytesOfTrainer();

        armed.close();

        assertThat(woven).isNotEqualTo(before);
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
    void countsTheProcessorTimeOfTheThreadThatWeaves() throws Exception {
        try (TrainingInstrumentation armed = arm()) {
            assertThat(threads.cpuNanos()).isZero();

            announce();
            stepUntilHeard();

            assertThat(threads.cpuNanos()).isPositive();
        }
    }

    @Test
    void leavesNoSystemPropertyBehind() throws Exception {
        var before = System.getProperties().clone();

        try (TrainingInstrumentation armed = arm()) {
            announce();
            stepUntilHeard();
        }

        assertThat(System.getProperties()).isEqualTo(before);
    }

    private TrainingInstrumentation arm() {
        return TrainingInstrumentation.arm(
                instrumentation, filter, work -> threads.create("instrument", work), found::add, said::add);
    }

    /** As the JVM does when it loads any class of a framework. */
    private void announce() throws Exception {
        filter.transform(getClass().getClassLoader(), "ai/djl/Model", null, null, new byte[0]);
    }

    /** What the JVM would run after all transformers, these being the last. */
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

    private boolean stepUntilHeard() throws InterruptedException {
        TrainingBridge.connect(new CountingDown(heard));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!heard.await(1, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline) {
            alreadyTraining.step();
        }
        return heard.getCount() == 0;
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
