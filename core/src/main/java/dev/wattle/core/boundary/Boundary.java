/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.boundary;

/**
 * What training code tells of, at the instant it happens, on the thread it happens on.
 *
 * <p>Each comes with a subject, the identity hash of the model or trainer it is about; a size and a value, whose meaning
 * stands beside each constant. A begin and its end are about the same subject and on the same thread; an end also comes
 * where an exception leaves the method, and then its size is {@link #FAILED}.
 */
public enum Boundary {
    /**
     * A fit begins; size: how many epochs it is to have, {@link #UNKNOWN} where it does not say; value: after every how many
     * epochs it may end, NaN where after each. May nest: outermost wins.
     */
    RUN_BEGIN,
    /** The fit has ended. */
    RUN_END,
    /** The fit around it ends after some epochs at the latest; size: how many. The least of several holds. */
    PLAN,
    /** A thread begins to work for the training of the subject; what it does for it, it tells in between. */
    WORKER_BEGIN,
    /** It works for it no more. */
    WORKER_END,
    /** A pass over the training data begins. May nest: the outermost is the epoch. */
    EPOCH_BEGIN,
    /** The pass has ended. */
    EPOCH_END,
    /**
     * A pass over some data begins whose end is not told: it ends with the subject's next, or with what it was last seen
     * doing. It is an epoch once a batch of it trains.
     */
    PASS_BEGIN,
    /** A batch was taken from the data; size: its samples. */
    FETCH,
    /** A batch begins to train; size: its samples, {@link #UNKNOWN} where it does not say. */
    BATCH,
    /**
     * A batch begins to train in several updates, as in truncated backpropagation through time: its samples are those of the
     * first, and the further ones have none of their own.
     */
    SEGMENTS_BEGIN,
    /** It has trained. */
    SEGMENTS_END,
    /** The weights were updated; size: samples of the batch, {@link #UNKNOWN} for those of FETCH and BATCH; value: its loss. */
    ITERATION,
    /** The subject begins to be scored. May nest. */
    VALIDATION_BEGIN,
    /** It has been scored. */
    VALIDATION_END,
    /** The subject begins to be used. May nest. */
    INFERENCE_BEGIN,
    /** It has been used. */
    INFERENCE_END,
    /** A figure of merit of the subject's current epoch; size: the number of its name, value: the figure. */
    METRIC,
    /** The subject trains no more. */
    CLOSE,
    /** The fit around it was asked to end, since a budget is used up, and does so with the epoch that is open or was the last. */
    STOPPED,
    /** Boundaries of the thread were lost before this. Told by the meter itself. */
    LOST,
    /** The thread has ended, whatever it had begun. Told by the meter itself. */
    THREAD_END,
    /** The program has let go of an epoch that it never closed; size: when it began. Told by the meter itself. */
    ABANDONED;

    /** The size where nobody tells it. */
    public static final long UNKNOWN = -1;

    /** The size of an end that an exception brought about, and of a begin for which the queue had no room. */
    public static final long FAILED = -2;

    private static final Boundary[] BOUNDARIES = values();
    private static final Framework[] FRAMEWORKS = Framework.values();
    private static final int BOUNDARY_BITS = 8;
    private static final int BOUNDARY_MASK = (1 << BOUNDARY_BITS) - 1;

    /** This boundary in a framework, as one number for the way through code that knows no types. */
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

    /** Whether the number is that of one without which what goes on is still understood: no begin and no end. */
    static boolean isDetail(int event) {
        int boundary = event & BOUNDARY_MASK;
        return boundary == ITERATION.ordinal()
                || boundary == BATCH.ordinal()
                || boundary == FETCH.ordinal()
                || boundary == SEGMENTS_BEGIN.ordinal()
                || boundary == SEGMENTS_END.ordinal()
                || boundary == PLAN.ordinal()
                || boundary == STOPPED.ordinal()
                || boundary == METRIC.ordinal();
    }

    /** The framework in a number of {@link #eventOf}. */
    public static Framework frameworkOf(int event) {
        return FRAMEWORKS[event >>> BOUNDARY_BITS];
    }
}
