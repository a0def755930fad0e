/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** A framework of one class, with a method for each case that instrumentation has to handle. */
public class Learner {
    @SuppressWarnings("UnusedVariable") // read by inserted code
    private final Gauge gauge;

    @SuppressWarnings("UnusedVariable") // read by inserted code
    private final Map<String, Float> figures = Map.of("train_Accuracy", 0.5f);

    public Learner(Gauge gauge) {
        this.gauge = gauge;
    }

    /** The figures of a learner. */
    public interface Gauge {
        int count();

        float loss();
    }

    public int loop(int epochs) {
        int sum = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            if (epoch == 7) {
                throw new IllegalStateException("at seven");
            }
            sum += epoch;
        }
        return sum;
    }

    public void step() {
        List<Integer> steps = new ArrayList<>();
        steps.add(1);
    }

    public void figures() {}

    public static double wide(long first, Learner learner, double second, long third) {
        double sum = first;
        for (long i = 0; i < third; i++) {
            sum += second;
        }
        return learner == null ? -sum : sum;
    }

    public synchronized Object caught(boolean fail) {
        try {
            if (fail) {
                throw new IllegalArgumentException("inside");
            }
            return "returned";
        } catch (Throwable t) {
            return "caught " + t.getMessage();
        }
    }

    public void never() {
        while (true) {
            step();
            throw new UnsupportedOperationException("never returns");
        }
    }

    public long reassigned(long subject, Learner learner) {
        learner = subject > 0 ? null : learner;
        return learner == null ? subject : -subject;
    }

    public String reason(IntPredicate condition) {
        String details = condition.toString();
        return "ended by " + details;
    }

    public int ended(int epochs, IntPredicate condition) {
        int done = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            done++;
            if (condition.test(epoch)) {
                break;
            }
        }
        return done;
    }
}
