/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.SaturatingMath;
import dev.wattle.core.epoch.ReportedWork;

/** Counts the iterations and samples of one training, and the time of its steps. For the thread that follows. */
final class TrainingProgress {

    private static final long NOT_FETCHED = -1;

    private long iterations;
    private long samples;
    private long tokens;
    private double flops;
    private long batchSamples;
    private long fetchedSamples = NOT_FETCHED;
    private long steppedNanos;
    private long stepNanos;
    private long stepNanosBefore;
    private long iterationNanos;
    private long iterationMicrojoules;

    /** An iteration has ended. */
    void iteration(long batch) {
        iterations++;
        samples = SaturatingMath.add(samples, batch);
    }

    long iterations() {
        return iterations;
    }

    /** So many tokens more were trained on. */
    void tokens(long count) {
        tokens = SaturatingMath.add(tokens, count);
    }

    /** So many floating-point operations more were done. */
    void flops(double count) {
        flops += count;
    }

    /** What the program reported of its work. */
    ReportedWork reportedWork() {
        return new ReportedWork(tokens, flops);
    }

    /** The samples of the iterations, as far as known. */
    long samples() {
        return samples;
    }

    /**
     * The weights were updated.
     *
     * @return whether {@link #stepNanos()} has become shorter
     */
    boolean stepped(long nanos) {
        long before = stepNanos();
        if (iterations > 0) {
            stepNanosBefore = stepNanos;
            stepNanos = nanos - steppedNanos;
        }
        steppedNanos = nanos;
        return stepNanos() < before;
    }

    /** The time of a step: the shorter of the last two, since there may be a pause before one; 0 at first. */
    long stepNanos() {
        return Math.min(stepNanos, stepNanosBefore);
    }

    /** When the current iteration started; 0 where that is not known. */
    long iterationNanos() {
        return iterationNanos;
    }

    /** The run's energy at {@link #iterationNanos()}. */
    long iterationMicrojoules() {
        return iterationMicrojoules;
    }

    /** The next iteration counts from here. */
    void iterationFrom(long nanos, long totalMicrojoules) {
        iterationNanos = nanos;
        iterationMicrojoules = totalMicrojoules;
    }

    /**
     * The samples of an iteration that does not report them: those taken from the data since the last one. Where none were
     * taken, as by the second of two trainers that share batches, as many as the last batch had.
     *
     * @param fetchedByThread all samples the thread has taken so far
     */
    long samplesSince(long fetchedByThread, long lastFetched) {
        long since = fetchedSamples == NOT_FETCHED ? 0 : fetchedByThread - fetchedSamples;
        fetchedSamples = fetchedByThread;
        return since > 0 ? since : lastFetched;
    }

    /** Samples count from here. */
    void fetchedUntil(long fetchedByThread) {
        fetchedSamples = fetchedByThread;
    }

    /** A part of the next update reports its samples. */
    void batch(long ofBatch) {
        batchSamples = SaturatingMath.add(batchSamples, ofBatch);
    }

    /** The samples reported by {@link #batch} since the last call; 0 for none. */
    long takeBatches() {
        long taken = batchSamples;
        batchSamples = 0;
        return taken;
    }
}
