/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.premain.TrainingFilter;
import dev.wattle.core.boundary.Framework;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the bridge calls into training classes, and takes them out again.
 *
 * <p>Nothing is loaded until the filter announces a training class. Then the daemon thread {@code wattle-instrument}
 * builds the weaver, hands it to the filter, retransforms the targets that were loaded meanwhile, and ends. No host
 * thread waits; a {@code fit()} that already runs counts from its next iteration on. Failures are said once and leave
 * the class as it was.
 */
public final class TrainingInstrumentation implements AutoCloseable {
    // A class can be past the filter and not yet loaded when the weaver comes; later looks find it.
    private static final long[] LOOK_PAUSES_MILLIS = {0, 100, 1_000, 10_000};

    private final Instrumentation instrumentation;
    private final TrainingFilter filter;
    private final Consumer<Framework> found;
    private final Consumer<String> log;
    private final Findings findings;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable ClassWeaver weaver;

    private TrainingInstrumentation(
            Instrumentation instrumentation,
            TrainingFilter filter,
            Function<Runnable, Thread> threads,
            Consumer<Framework> found,
            Consumer<String> log) {
        this.found = found;
        this.findings = new Findings(log);
        this.instrumentation = instrumentation;
        this.filter = filter;
        this.log = log;
        // Made here and only started by the host thread that loads the first class: nothing is linked over there.
        this.thread = threads.apply(this::weave);
    }

    /**
     * Waits, without a thread, for the first training class.
     *
     * @param filter already registered with {@code instrumentation} as able to retransform
     * @param threads makes a thread of the meter's own, not yet started
     * @param found is told of a framework when a class of it was woven; called from any thread
     * @param log takes a line for the user, without prefix; called from any thread
     */
    public static TrainingInstrumentation arm(
            Instrumentation instrumentation,
            TrainingFilter filter,
            Function<Runnable, Thread> threads,
            Consumer<Framework> found,
            Consumer<String> log) {
        TrainingInstrumentation armed = new TrainingInstrumentation(instrumentation, filter, threads, found, log);
        filter.onFirstTrainingClass(armed.thread::start);
        return armed;
    }

    /** What of the frameworks here is not metered, and why, for the summary. */
    public List<String> findings() {
        return findings.lines();
    }

    /** In a JVM that has run before, where all classes of a framework may have passed before the filter was there. */
    public void lookAtLoaded() {
        if (!loadedTargets().isEmpty()) {
            filter.announce();
        }
    }

    private void weave() {
        try {
            ClassWeaver ready = new ClassWeaver(KnownPoints.BY_CLASS, found, findings);
            ready.warmUp();
            if (!handToFilter(ready)) {
                return;
            }
            for (long pauseMillis : LOOK_PAUSES_MILLIS) {
                if (isClosedWithin(pauseMillis)) {
                    return;
                }
                weaveLoadedTargets(ready);
            }
        } catch (Throwable t) {
            filter.weaveWith(null);
            log.accept("training iterations are not counted: " + t);
        }
    }

    private synchronized boolean handToFilter(ClassWeaver ready) {
        if (isClosed()) {
            return false;
        }
        weaver = ready;
        filter.weaveWith(ready);
        return true;
    }

    private synchronized void weaveLoadedTargets(ClassWeaver ready) {
        if (isClosed()) {
            return;
        }
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (isTarget(type)) {
                if (!ready.hasSeen(type)) {
                    retransform(type);
                }
            } else if (type.getClassLoader() != null) {
                ready.lookAtUnknown(type.getName());
            }
        }
    }

    private List<Class<?>> loadedTargets() {
        return Stream.<Class<?>>of(instrumentation.getAllLoadedClasses())
                .filter(this::isTarget)
                .toList();
    }

    private boolean isTarget(Class<?> type) {
        return KnownPoints.BY_CLASS.containsKey(type.getName()) && instrumentation.isModifiableClass(type);
    }

    /** One by one, so that a class that cannot be retransformed does not keep the others from it. */
    private void retransform(Class<?> target) {
        try {
            instrumentation.retransformClasses(target);
        } catch (Throwable t) {
            findings.add("unchanged", target.getName() + " could not be changed: " + t);
        }
    }

    /** Removes the filter and gives woven classes their own bytes back. No later call has an effect. */
    @Override
    public synchronized void close() {
        if (isClosed()) {
            return;
        }
        closed.countDown();
        filter.weaveWith(null);
        instrumentation.removeTransformer(filter);
        if (weaver != null) {
            loadedTargets().forEach(this::retransform);
        }
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException meantForOthers) {
            // Some programs interrupt all threads they find; the next look only comes earlier.
            return isClosed();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }
}
