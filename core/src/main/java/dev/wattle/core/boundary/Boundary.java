/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

/**
 * An event that training code reports, at the instant and on the thread on which it happens.
 *
 * <p>Each has a subject, the identity hash of the model or trainer it is about; a size and a value, whose meaning is that of
 * the constant. A start and its end have the same subject and the same thread. An end also comes where an exception leaves
 * the method; its size is then {@link #FAILED}.
 */
public enum Boundary {
    /**
     * A fit starts; size: how many epochs it is to have, {@link #UNKNOWN} where it does not say; value: after every how many
     * epochs it may end, NaN for each. May nest: the outermost counts.
     */
    RUN_START,
    /** The fit has ended. */
    RUN_END,
    /** The fit around it ends after a maximum of epochs; size: how many. The least of several holds. */
    PLAN,
    /** A thread starts to work for the training of the subject; between start and end it reports what it does for it. */
    WORKER_START,
    /** The thread has stopped to work for it. */
    WORKER_END,
    /** A pass over the training data starts. May nest: the outermost is the epoch. */
    EPOCH_START,
    /** The pass has ended. */
    EPOCH_END,
    /**
     * A pass over some data starts whose end is not reported: it ends with the subject's next pass, or where the subject was
     * last seen. It is an epoch once a batch of it trains.
     */
    PASS_START,
    /** A batch was taken from the data; size: its samples. */
    FETCH,
    /** A batch starts to train; size: its samples, {@link #UNKNOWN} where it does not say. */
    BATCH,
    /**
     * A batch starts to train in several updates, as in truncated backpropagation through time. Its samples count with the
     * first; the further ones have none.
     */
    SEGMENTS_START,
    /** The batch has trained. */
    SEGMENTS_END,
    /** The weights were updated; size: samples of the batch, {@link #UNKNOWN} for those of FETCH and BATCH; value: its loss. */
    ITERATION,
    /** The subject starts to be scored. May nest. */
    VALIDATION_START,
    /** It has been scored. */
    VALIDATION_END,
    /** The subject starts to be used. May nest. */
    INFERENCE_START,
    /** It has been used. */
    INFERENCE_END,
    /** A metric of the subject's current epoch; size: the number of its name in {@link MetricNames}, value: the figure. */
    METRIC,
    /** The subject was trained on tokens; size: how many. */
    TOKENS,
    /** Floating-point operations were done for the subject; value: how many. */
    FLOPS,
    /** The subject trains no more. */
    CLOSE,
    /** The fit was asked to end, since a budget is used up. It ends with the open epoch, or the last one if none is open. */
    STOPPED,
    /** Boundaries of the thread were lost before this. From the meter itself. */
    LOST,
    /** The thread has ended, whatever it had started. From the meter itself. */
    THREAD_END,
    /** The program has lost an epoch that it never closed; size: when that started. From the meter itself. */
    ABANDONED;

    /** The size where it is not known. */
    public static final long UNKNOWN = -1;

    /** The size of an end that an exception caused, and of a start for which the queue had no room. */
    public static final long FAILED = -2;

    private static final Boundary[] BOUNDARIES = values();
    private static final Framework[] FRAMEWORKS = Framework.values();
    private static final int BOUNDARY_BITS = 8;
    private static final int BOUNDARY_MASK = (1 << BOUNDARY_BITS) - 1;

    /** This boundary in a framework as one number, for code that knows no types. */
    public int eventOf(Framework framework) {
        return framework.ordinal() << BOUNDARY_BITS | ordinal();
    }

    /** The boundary in a number of {@link #eventOf}. */
    public static Boundary ofEvent(int event) {
        return BOUNDARIES[event & BOUNDARY_MASK];
    }

    /** Whether the number is that of an iteration. */
    public static boolean isIteration(int event) {
        return (event & BOUNDARY_MASK) == ITERATION.ordinal();
    }

    /** Whether the boundary is neither a start nor an end, so that the state of the thread is clear without it. */
    static boolean isDetail(int event) {
        int boundary = event & BOUNDARY_MASK;
        return boundary == ITERATION.ordinal()
                || boundary == BATCH.ordinal()
                || boundary == FETCH.ordinal()
                || boundary == SEGMENTS_START.ordinal()
                || boundary == SEGMENTS_END.ordinal()
                || boundary == PLAN.ordinal()
                || boundary == STOPPED.ordinal()
                || boundary == METRIC.ordinal()
                || boundary == TOKENS.ordinal()
                || boundary == FLOPS.ordinal();
    }

    /** The framework in a number of {@link #eventOf}. */
    public static Framework frameworkOf(int event) {
        return FRAMEWORKS[event >>> BOUNDARY_BITS];
    }
}
