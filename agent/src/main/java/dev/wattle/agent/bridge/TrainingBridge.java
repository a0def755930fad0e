/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.bridge;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What instrumented training code calls. Until a sink is connected, and after it is gone, a call returns at once.
 *
 * <p>Called on training threads: no allocation (but for the figures of an epoch and the reason of a stop), no lock, and nothing a sink throws gets
 * out; it is counted instead. Objects of the host go no further than here: a sink is told their identity hash. Thread-safe.
 *
 * <p>Numbers of events and frameworks are those of {@code Boundary.eventOf} and {@code Framework.ordinal} in the inner
 * zone, woven in as constants.
 */
public final class TrainingBridge {
    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static volatile @Nullable Sink sink;

    /** Takes the calls of all training threads; must not block or throw, and not allocate but for figures. */
    public interface Sink {
        /** Something has happened, now and on this thread. */
        void mark(int event, int subject, long size, double value);

        /** A figure of merit of an epoch. */
        void metric(int event, int subject, String name, double value);

        /** Whether training is to end where the framework can end it by its own means; where it is, it then does. */
        boolean stops(int framework, int subject);

        /** Why the training of the subject was ended by {@link #stops}; null where it was not. */
        default @Nullable String stopReason(int framework, int subject) {
            return null;
        }
    }

    private TrainingBridge() {}

    /** Sends calls to {@code newSink} from now on; null sends them nowhere. */
    public static void connect(@Nullable Sink newSink) {
        sink = newSink;
    }

    /** Tells of an event. */
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

    /** Tells a figure of merit of the subject's current epoch. */
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

    /** Tells all figures in a map from names to numbers; what {@link EpochFigures} leaves out is not told. */
    public static void metrics(int event, @Nullable Object subject, Map<?, ?> figures) {
        if (sink == null) {
            return;
        }
        try {
            EpochFigures.tell(event, subject, figures);
        } catch (Throwable t) {
            FAILURES.incrementAndGet();
        }
    }

    /** Whether training is to end; false unless the sink says otherwise. */
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

    /** Whether training is to end; not asked where it ends anyway. */
    public static boolean stopsUnless(boolean ends, int framework, @Nullable Object subject) {
        return ends || stops(framework, subject);
    }

    /** What a framework gives for the reason of an end, after ours where that was the reason. */
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

    /** How many calls a sink has thrown out of. */
    public static int failures() {
        return FAILURES.get();
    }
}
