/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.bridge;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Receives the calls of instrumented training code. While no sink is connected, a call returns at once.
 *
 * <p>Runs on training threads: no lock, and no allocation except for an epoch's figures and the reason of a stop. What a
 * sink throws is counted and goes no further. A sink receives the identity hash of the host's objects, never the objects.
 * Thread-safe.
 *
 * <p>Events and frameworks are the numbers of {@code Boundary.eventOf} and {@code Framework.ordinal} in the inner zone,
 * which instrumentation inserts as constants.
 */
public final class TrainingBridge {
    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static volatile @Nullable Sink sink;

    /** Receives the calls of all training threads. Must not block or throw, and must not allocate except for figures. */
    public interface Sink {
        /** An event, now and on this thread. */
        void mark(int event, int subject, long size, double value);

        /** A quality metric of an epoch. */
        void metric(int event, int subject, String name, double value);

        /** Whether training is to end. Asked only where the framework can end it, which it does after {@code true}. */
        boolean stops(int framework, int subject);

        /** Why {@link #stops} ended the training of the subject; null where it did not. */
        default @Nullable String stopReason(int framework, int subject) {
            return null;
        }
    }

    private TrainingBridge() {}

    /** Sends calls to {@code newSink} from now on; null drops them. */
    public static void connect(@Nullable Sink newSink) {
        sink = newSink;
    }

    /** Marks an event. */
    public static void mark(int event, @Nullable Object subject, long size, double value) {
        Sink current = sink;
        if (current == null) {
            return;
        }
        try {
            current.mark(event, System.identityHashCode(subject), size, value);
        } catch (Throwable t) {
            FAILURES.incrementAndGet();
        }
    }

    /** Reports a quality metric of the subject's current epoch. */
    public static void metric(int event, @Nullable Object subject, String name, double value) {
        Sink current = sink;
        if (current == null) {
            return;
        }
        try {
            current.metric(event, System.identityHashCode(subject), name, value);
        } catch (Throwable t) {
            FAILURES.incrementAndGet();
        }
    }

    /** Reports the figures in a map from names to numbers, except those that {@link EpochFigures} leaves out. */
    public static void metrics(int event, @Nullable Object subject, Map<?, ?> figures) {
        if (sink == null) {
            return;
        }
        try {
            EpochFigures.report(event, subject, figures);
        } catch (Throwable t) {
            FAILURES.incrementAndGet();
        }
    }

    /** Whether training is to end; false without a sink. */
    public static boolean stops(int framework, @Nullable Object subject) {
        Sink current = sink;
        if (current == null) {
            return false;
        }
        try {
            return current.stops(framework, System.identityHashCode(subject));
        } catch (Throwable t) {
            FAILURES.incrementAndGet();
            return false;
        }
    }

    /** Whether training is to end; does not ask the sink where it ends anyway. */
    public static boolean stopsUnless(boolean ends, int framework, @Nullable Object subject) {
        return ends || stops(framework, subject);
    }

    /** The reason of an end: the one that the framework gives, after ours where we ended the training. */
    public static @Nullable String reason(@Nullable String given, int framework, @Nullable Object subject) {
        Sink current = sink;
        if (current == null) {
            return given;
        }
        try {
            String ours = current.stopReason(framework, System.identityHashCode(subject));
            return ours == null ? given : ours + " (asked at " + given + ")";
        } catch (Throwable t) {
            FAILURES.incrementAndGet();
            return given;
        }
    }

    /** The number of calls in which a sink has thrown. */
    public static int failures() {
        return FAILURES.get();
    }
}
