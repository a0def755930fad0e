/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.sampling;

import java.util.Arrays;
import java.util.Random;

/**
 * A training whose power is known at every instant: epochs of some seconds with a validation at the end of each and a
 * checkpoint after it, a first epoch that is slow and draws less, and noise of every kind that a seed decides.
 */
final class NoisyTraining {

    /**
     * How noisy.
     *
     * @param fast the deviation of the power from one tenth of a second to the next ones
     * @param slow the deviation of whole epochs' power, which persists from epoch to epoch
     * @param length the deviation of epochs' lengths
     * @param hitch how often an epoch is held up by something
     * @param drift how much more power the last epoch draws than the first
     */
    record Noise(double fast, double slow, double length, double hitch, double drift) {}

    private static final double STEP_SECONDS = 0.1;
    private static final long STEP_NANOS = 100_000_000L;
    private static final double EPOCH_SECONDS = 6;

    private final long startNanos;
    private final long[] epochBegins;
    private final long[] epochEnds;
    private double[] cumulativeJoules = new double[1 << 14];
    private int steps;

    NoisyTraining(long startNanos, int epochs, Noise noise, long seed) {
        this.startNanos = startNanos;
        this.epochBegins = new long[epochs];
        this.epochEnds = new long[epochs];
        Random random = new Random(seed);
        double slow = 0;
        double[] fast = {0};
        idle(2, random, fast, noise);
        for (int epoch = 0; epoch < epochs; epoch++) {
            slow = 0.8 * slow + 0.6 * noise.slow() * random.nextGaussian();
            double level = (1 + slow) * (1 + noise.drift() * epoch / epochs) * (epoch == 0 ? 0.7 : 1);
            double seconds = EPOCH_SECONDS * (1 + noise.length() * random.nextGaussian());
            epochBegins[epoch] = now();
            run(seconds * 0.85 * (epoch == 0 ? 1.6 : 1), 320 * level, random, fast, noise);
            run(seconds * 0.15, 190 * level, random, fast, noise);
            if (random.nextDouble() < noise.hitch()) {
                idle(0.15 * seconds, random, fast, noise);
            }
            epochEnds[epoch] = now();
            idle(0.4, random, fast, noise);
        }
        idle(5, random, fast, noise);
    }

    int epochs() {
        return epochBegins.length;
    }

    long startOf(int epoch) {
        return epochBegins[epoch];
    }

    long endOf(int epoch) {
        return epochEnds[epoch];
    }

    /** When its power is no longer known. */
    long lastNanos() {
        return now();
    }

    /** The energy up to an instant. */
    double joulesAt(long nanos) {
        double at = Math.max(0, Math.min(steps, (double) (nanos - startNanos) / STEP_NANOS));
        int step = (int) at;
        double known = step == 0 ? 0 : cumulativeJoules[step - 1];
        return step == steps ? known : known + (cumulativeJoules[step] - known) * (at - step);
    }

    private long now() {
        return startNanos + steps * STEP_NANOS;
    }

    private void idle(double seconds, Random random, double[] fast, Noise noise) {
        run(seconds, 70, random, fast, noise);
    }

    private void run(double seconds, double watts, Random random, double[] fast, Noise noise) {
        int end = steps + (int) Math.round(seconds / STEP_SECONDS);
        if (end > cumulativeJoules.length) {
            cumulativeJoules = Arrays.copyOf(cumulativeJoules, 2 * end);
        }
        while (steps < end) {
            fast[0] = 0.9 * fast[0] + 0.436 * noise.fast() * random.nextGaussian();
            double before = steps == 0 ? 0 : cumulativeJoules[steps - 1];
            cumulativeJoules[steps++] = before + STEP_SECONDS * watts * Math.max(0.05, 1 + fast[0]);
        }
    }
}
