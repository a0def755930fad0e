/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a program may ask of the meter it runs under.
 *
 * <p>Without the agent all of this does nothing and costs next to nothing, so it may stay in the program. Thread-safe.
 *
 * <pre>{@code
 * try (var window = Wattle.window("preprocess")) {
 *     preprocess();
 * }
 * }</pre>
 */
public final class Wattle {

    /** The meter behind this class; connected by the agent. */
    public interface Meter {
        EnergyWindow window(String name);

        /** @param plannedEpochs 0 where unknown */
        TrainingEpoch epoch(String training, int plannedEpochs);
    }

    private static volatile @Nullable Meter meter;

    private Wattle() {}

    /** Whether an agent meters this JVM. */
    public static boolean isMetering() {
        return meter != null;
    }

    /** Opens a window of that name. */
    public static EnergyWindow window(String name) {
        Meter current = meter;
        return current == null ? new Unmetered(name) : current.window(name);
    }

    /** Begins the next epoch of the training of that name. */
    public static TrainingEpoch epoch(String training) {
        return epoch(training, 0);
    }

    /**
     * Begins the next epoch of the training of that name.
     *
     * @param plannedEpochs how many the training is to have, for projections; 0 where unknown
     */
    public static TrainingEpoch epoch(String training, int plannedEpochs) {
        Meter current = meter;
        return current == null ? new Unmetered(training) : current.epoch(training, plannedEpochs);
    }

    /** For the agent: answers go through {@code newMeter} from now on, or nowhere where it is null. */
    public static void connect(@Nullable Meter newMeter) {
        meter = newMeter;
    }

    /** What stands in where nothing is metered. */
    private record Unmetered(String name) implements TrainingEpoch {
        @Override
        public void close() {}

        @Override
        public double joules() {
            return Double.NaN;
        }

        @Override
        public Duration duration() {
            return Duration.ZERO;
        }

        @Override
        public String quality() {
            return "none";
        }

        @Override
        public Duration resolution() {
            return Duration.ZERO;
        }

        @Override
        public void iteration(long samples, double loss) {}

        @Override
        public void metric(String metric, double value) {}
    }
}
