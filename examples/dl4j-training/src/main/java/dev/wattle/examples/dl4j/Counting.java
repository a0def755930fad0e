/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.dl4j;

import dev.wattle.examples.data.EpochTimes;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Counts iterations of one or many models, from any thread, and throws on request. */
final class Counting extends BaseTrainingListener {
    private static final long serialVersionUID = 1;

    private final AtomicLong iterations = new AtomicLong();
    private final transient EpochTimes times;
    private final long throwAfter;

    Counting() {
        this(new EpochTimes());
    }

    /** @param times records the epochs of one model */
    Counting(EpochTimes times) {
        this(times, Long.MAX_VALUE);
    }

    /** @param throwAfter the iteration, from 1, that ends in an exception; later ones do not */
    Counting(long throwAfter) {
        this(new EpochTimes(), throwAfter);
    }

    private Counting(EpochTimes times, long throwAfter) {
        this.times = times;
        this.throwAfter = throwAfter;
    }

    @Override
    public void onEpochStart(Model model) {
        times.begin();
    }

    @Override
    public void onEpochEnd(Model model) {
        times.end();
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        if (iterations.incrementAndGet() == throwAfter) {
            throw new IllegalStateException("enough");
        }
    }

    long iterations() {
        return iterations.get();
    }
}
