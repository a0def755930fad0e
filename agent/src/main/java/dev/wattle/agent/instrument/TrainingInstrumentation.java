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
 * Inserts the bridge calls into training classes, and removes them again.
 *
 * <p>Nothing is loaded until the filter announces a training class. Then the daemon thread {@code wattle-instrument}
 * builds the weaver, hands it to the filter, retransforms the targets that are already loaded, and ends. No host thread
 * waits; a {@code fit()} that already runs counts from its next iteration on. Failures are logged once and leave the
 * class as it was. Thread-safe.
 */
public final class TrainingInstrumentation implements AutoCloseable {
    // A class that has passed the filter may not be loaded yet when the weaver is ready; a later scan finds it.
    private static final long[] SCAN_PAUSES_MILLIS = {0, 100, 1_000, 10_000};

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
        // Created here, so that the host thread that loads the first class only starts it and links nothing.
        this.thread = threads.apply(this::instrument);
    }

    /**
     * Prepares instrumentation, which starts with the first training class. No thread waits for it.
     *
     * @param filter already registered with {@code instrumentation} as able to retransform
     * @param threads creates a thread of the meter, not started
     * @param found receives a framework when iterations of it are marked; called from any thread
     * @param log receives a line for the user, without prefix; called from any thread
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

    /** Which parts of the frameworks are not metered, and why: lines for the summary. */
    public List<String> findings() {
        return findings.lines();
    }

    /** Scans the loaded classes once, for a JVM that loaded a framework before the filter was registered. */
    public void scanLoaded() {
        if (!loadedTargets().isEmpty()) {
            filter.announce();
        }
    }

    private void instrument() {
        try {
            ClassWeaver ready = new ClassWeaver(KnownPoints.BY_CLASS, found, findings);
            ready.warmUp();
            if (!handToFilter(ready)) {
                return;
            }
            for (long pauseMillis : SCAN_PAUSES_MILLIS) {
                if (isClosedWithin(pauseMillis)) {
                    return;
                }
                instrumentLoaded(ready);
            }
        } catch (Throwable t) {
            filter.transformWith(null);
            log.accept("training iterations are not counted: " + t);
        }
    }

    private synchronized boolean handToFilter(ClassWeaver ready) {
        if (isClosed()) {
            return false;
        }
        weaver = ready;
        filter.transformWith(ready);
        return true;
    }

    private synchronized void instrumentLoaded(ClassWeaver ready) {
        if (isClosed()) {
            return;
        }
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (isTarget(type)) {
                if (!ready.hasSeen(type)) {
                    retransform(type);
                }
            } else if (type.getClassLoader() != null) {
                ready.checkUnknown(type.getName());
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

    /** One by one, so that a class that cannot be retransformed does not prevent the others. */
    private void retransform(Class<?> target) {
        try {
            instrumentation.retransformClasses(target);
        } catch (Throwable t) {
            findings.add("unchanged", target.getName() + " could not be changed: " + t);
        }
    }

    /** Removes the filter and restores the instrumented classes. Later calls have no effect. */
    @Override
    public synchronized void close() {
        if (isClosed()) {
            return;
        }
        closed.countDown();
        filter.transformWith(null);
        instrumentation.removeTransformer(filter);
        if (weaver != null) {
            loadedTargets().forEach(this::retransform);
        }
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ignored) {
            // Some programs interrupt all threads they find; the next scan only comes earlier.
            return isClosed();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }
}
