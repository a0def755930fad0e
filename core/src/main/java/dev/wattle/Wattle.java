/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a program may ask of the meter it runs under.
 *
 * <p>Without the agent all of this does nothing and costs next to nothing, so it may stay in the program: energies are then
 * NaN and durations still true. Nothing here throws or waits, whatever it is given; a name that is null or blank becomes
 * {@code unnamed}. Thread-safe.
 *
 * <pre>{@code
 * try (var window = Wattle.window("preprocess")) {
 *     preprocess();
 * }
 *
 * for (int i = 0; i < 20; i++) {
 *     try (var epoch = Wattle.epoch("my-model", 20)) {
 *         for (Batch batch : data) {
 *             epoch.iteration(batch.size(), train(batch));
 *         }
 *         epoch.metric("accuracy", validate());
 *     }
 * }
 * }</pre>
 */
public final class Wattle {

    /** The meter behind this class: that of the agent, or one that a program has built with the library. */
    public interface Meter {

        /**
         * Opens a window now.
         *
         * @param name as {@link EnergyWindow#name()} returns it
         */
        EnergyWindow window(String name);

        /**
         * Starts an epoch now.
         *
         * @param training as {@link EnergyWindow#name()} returns it
         * @param plannedEpochs how many the training is to have; 0 or less where unknown
         */
        TrainingEpoch epoch(String training, int plannedEpochs);

        /** The instant at which a window ends that is still open. */
        long OPEN = Long.MIN_VALUE;

        /**
         * Takes over a window that was opened before this meter was connected.
         *
         * @param startNanos when it was opened, on {@link System#nanoTime()}
         * @param endNanos when it was closed; {@link #OPEN} while it is not
         */
        default EnergyWindow window(String name, long startNanos, long endNanos) {
            return window(name);
        }

        /**
         * Takes over an epoch that started before this meter was connected.
         *
         * @param threadId the id of the thread on which it started
         * @param thread that thread, which may have ended and be collected
         */
        default TrainingEpoch epoch(
                String training, int plannedEpochs, long startNanos, long threadId, WeakReference<Thread> thread) {
            return epoch(training, plannedEpochs);
        }

        /**
         * Reports that some calls of the program before this meter was connected could not be kept for it.
         *
         * @param count how many windows, epochs, iterations and metrics
         */
        default void leftOut(long count) {}

        /** Ends a window that was taken over, at an instant that has passed. */
        default void close(EnergyWindow window, long endNanos) {
            window.close();
        }
    }

    /** How many windows and epochs are kept for a meter that connects later. */
    private static final int MAX_EARLY = 256;

    private static final Queue<EarlyEpoch> EARLY = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger EARLY_COUNT = new AtomicInteger();

    /** How many windows, epochs, iterations and metrics were not kept. */
    static final AtomicLong LEFT_OUT = new AtomicLong();

    private static final String UNNAMED = "unnamed";
    private static final int MAX_NAME_LENGTH = 100;

    private static volatile @Nullable Meter meter;

    private Wattle() {}

    /**
     * Whether a meter is connected in this JVM. The agent connects one shortly after the program's start, and disconnects it on a
     * detach. The meter takes over what the program has opened before.
     */
    public static boolean isMetering() {
        return meter != null;
    }

    /** Opens a window of that name. Windows of one name are added up in the reports. */
    public static EnergyWindow window(@Nullable String name) {
        String named = nameOf(name);
        Meter current = meter;
        if (current != null) {
            try {
                return current.window(named);
            } catch (RuntimeException | LinkageError e) {
                // A fault of the meter must not reach the program.
                return EarlyEpoch.window(named);
            }
        }
        return early(EarlyEpoch.window(named));
    }

    /** Starts the next epoch of the training of that name, of which the number of epochs is not known. */
    public static TrainingEpoch epoch(@Nullable String training) {
        return epoch(training, 0);
    }

    /**
     * Starts the next epoch of the training of that name, on the thread that calls. One of the same training that is still open on
     * that thread counts as left by an exception, and is no epoch.
     *
     * @param plannedEpochs how many the training is to have, for projections; 0 where unknown
     */
    public static TrainingEpoch epoch(@Nullable String training, int plannedEpochs) {
        String named = nameOf(training);
        Meter current = meter;
        if (current != null) {
            try {
                return current.epoch(named, plannedEpochs);
            } catch (RuntimeException | LinkageError e) {
                return EarlyEpoch.epoch(named, plannedEpochs);
            }
        }
        return early(EarlyEpoch.epoch(named, plannedEpochs));
    }

    private static EarlyEpoch early(EarlyEpoch opened) {
        if (EARLY_COUNT.get() < MAX_EARLY && EARLY_COUNT.incrementAndGet() <= MAX_EARLY) {
            EARLY.add(opened);
            Meter connected = meter;
            if (connected != null) {
                adoptEarly(connected);
            }
        } else {
            LEFT_OUT.incrementAndGet();
        }
        return opened;
    }

    private static void adoptEarly(Meter newMeter) {
        for (EarlyEpoch next = EARLY.poll(); next != null; next = EARLY.poll()) {
            EARLY_COUNT.decrementAndGet();
            try {
                next.adopt(newMeter);
            } catch (RuntimeException | LinkageError e) {
                // This one stays without a meter.
            }
        }
    }

    /** For the agent: {@code newMeter} answers from now on. */
    public static synchronized void connect(Meter newMeter) {
        // Before new ones go to the meter: it must see the epochs of a thread in the order in which they started.
        adoptEarly(newMeter);
        meter = newMeter;
        adoptEarly(newMeter);
        long leftOut = LEFT_OUT.getAndSet(0);
        if (leftOut > 0) {
            newMeter.leftOut(leftOut);
        }
    }

    /** For the agent: no meter answers from now on, if {@code oldMeter} does now. */
    public static synchronized void disconnect(Meter oldMeter) {
        if (meter == oldMeter) {
            meter = null;
        }
    }

    /** A name that fits a line of a report, however long or strange the one that was given. */
    private static String nameOf(@Nullable String given) {
        if (given == null) {
            return UNNAMED;
        }
        int start = 0;
        while (start < given.length() && isBlank(given.charAt(start))) {
            start++;
        }
        int end = Math.min(given.length(), start + MAX_NAME_LENGTH);
        if (end < given.length() && Character.isHighSurrogate(given.charAt(end - 1))) {
            end--;
        }
        while (end > start && isBlank(given.charAt(end - 1))) {
            end--;
        }
        return start == end ? UNNAMED : printable(given, start, end);
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isISOControl(character);
    }

    private static String printable(String given, int start, int end) {
        char[] name = new char[end - start];
        for (int i = start; i < end; i++) {
            char character = given.charAt(i);
            boolean paired = Character.isHighSurrogate(character)
                    ? i + 1 < end && Character.isLowSurrogate(given.charAt(i + 1))
                    : i > start && Character.isHighSurrogate(given.charAt(i - 1));
            if (Character.isISOControl(character)) {
                name[i - start] = ' ';
            } else if (Character.isSurrogate(character) && !paired) {
                // An unpaired surrogate cannot be encoded: it would break the files that show the name.
                name[i - start] = '?';
            } else {
                name[i - start] = character;
            }
        }
        return new String(name);
    }
}
