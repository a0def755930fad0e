/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.bridge;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What instrumented training code calls. Until a sink is connected, and after it is gone, a call returns at once.
 *
 * <p>Called on training threads: no allocation, no lock, and nothing a sink throws gets out; it is counted instead.
 * Thread-safe.
 */
public final class TrainingBridge {
    /** Deeplearning4j. */
    public static final int DL4J = 1;
    /** Deep Java Library. */
    public static final int DJL = 2;

    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static volatile @Nullable Sink sink;

    /** Takes the calls of all training threads; must not block, allocate or throw. */
    public interface Sink {
        /** One optimiser step of {@code framework} has returned on the calling thread. */
        void iteration(int framework);
    }

    private TrainingBridge() {}

    /** Sends calls to {@code newSink} from now on; null sends them nowhere. */
    public static void connect(@Nullable Sink newSink) {
        sink = newSink;
    }

    public static void iteration(int framework) {
        Sink current = sink;
        if (current == null) {
            return;
        }
        try {
            current.iteration(framework);
        } catch (Throwable t) {
            FAILURES.incrementAndGet();
        }
    }

    /** How many calls a sink has thrown out of. */
    public static int failures() {
        return FAILURES.get();
    }
}
