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

    /** The meter behind this class: that of the agent, or one a program has made of the library's parts. */
    public interface Meter {

        /**
         * Opens a window now.
         *
         * @param name as {@link EnergyWindow#name()} tells it
         */
        EnergyWindow window(String name);

        /**
         * Begins an epoch now.
         *
         * @param training as {@link EnergyWindow#name()} tells it
         * @param plannedEpochs how many the training is to have; 0 or less where unknown
         */
        TrainingEpoch epoch(String training, int plannedEpochs);

        /** The instant at which a window ends that is still open. */
        long OPEN = Long.MIN_VALUE;

        /**
         * Takes a window over that was opened before this meter was there.
         *
         * @param beginNanos when it was opened, on {@link System#nanoTime()}
         * @param endNanos when it was closed; {@link #OPEN} while it is not
         */
        default EnergyWindow window(String name, long beginNanos, long endNanos) {
            return window(name);
        }

        /**
         * Takes an epoch over that began before this meter was there.
         *
         * @param threadId the id of the thread on which it began
         * @param thread that thread, which may have ended and be collected
         */
        default TrainingEpoch epoch(
                String training, int plannedEpochs, long beginNanos, long threadId, WeakReference<Thread> thread) {
            return epoch(training, plannedEpochs);
        }

        /**
         * Some of what the program told before this meter was there could not be kept for it.
         *
         * @param count how many windows, epochs, iterations and figures of merit
         */
        default void leftOut(long count) {}

        /** Ends what was taken over, at an instant that has passed. */
        default void close(EnergyWindow window, long endNanos) {
            window.close();
        }
    }

    /** What a program opens before a meter comes is kept for it, as far as it is no more than this. */
    private static final int MOST_EARLY = 256;

    private static final Queue<EarlyEpoch> EARLY = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger EARLY_COUNT = new AtomicInteger();

    /** What the program has told that no meter will know. */
    static final AtomicLong LEFT_OUT = new AtomicLong();

    private static final String UNNAMED = "unnamed";
    private static final int LONGEST_NAME = 100;

    private static volatile @Nullable Meter meter;

    private Wattle() {}

    /**
     * Whether a meter is at work in this JVM. It comes shortly after the program's start, and goes when it is detached. What
     * the program has opened before, it takes over when it comes.
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
                // The program has nothing to do with a fault of the meter's.
                return EarlyEpoch.window(named);
            }
        }
        return early(EarlyEpoch.window(named));
    }

    /** Begins the next epoch of the training of that name, of which nobody knows how many there will be. */
    public static TrainingEpoch epoch(@Nullable String training) {
        return epoch(training, 0);
    }

    /**
     * Begins the next epoch of the training of that name, on the thread that works for it. One of the same training that is
     * open on that thread is taken to have been left by an exception, and is no epoch.
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
        if (EARLY_COUNT.get() < MOST_EARLY && EARLY_COUNT.incrementAndGet() <= MOST_EARLY) {
            EARLY.add(opened);
            Meter come = meter;
            if (come != null) {
                adoptEarly(come);
            }
        } else {
            LEFT_OUT.incrementAndGet();
        }
        return opened;
    }

    private static void adoptEarly(Meter come) {
        for (EarlyEpoch next = EARLY.poll(); next != null; next = EARLY.poll()) {
            EARLY_COUNT.decrementAndGet();
            try {
                next.adopt(come);
            } catch (RuntimeException | LinkageError e) {
                // It stays without a meter.
            }
        }
    }

    /** For the agent: answers come from {@code newMeter} from now on. */
    public static synchronized void connect(Meter newMeter) {
        // Before it is asked for new ones: a thread's epochs are taken in the order in which they began.
        adoptEarly(newMeter);
        meter = newMeter;
        adoptEarly(newMeter);
        long leftOut = LEFT_OUT.getAndSet(0);
        if (leftOut > 0) {
            newMeter.leftOut(leftOut);
        }
    }

    /** For the agent: if answers come from {@code oldMeter}, they come from nowhere from now on. */
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
        int begin = 0;
        while (begin < given.length() && isBlank(given.charAt(begin))) {
            begin++;
        }
        int end = Math.min(given.length(), begin + LONGEST_NAME);
        if (end < given.length() && Character.isHighSurrogate(given.charAt(end - 1))) {
            end--;
        }
        while (end > begin && isBlank(given.charAt(end - 1))) {
            end--;
        }
        return begin == end ? UNNAMED : printable(given, begin, end);
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isISOControl(character);
    }

    private static String printable(String given, int begin, int end) {
        char[] name = new char[end - begin];
        for (int i = begin; i < end; i++) {
            char character = given.charAt(i);
            boolean paired = Character.isHighSurrogate(character)
                    ? i + 1 < end && Character.isLowSurrogate(given.charAt(i + 1))
                    : i > begin && Character.isHighSurrogate(given.charAt(i - 1));
            if (Character.isISOControl(character)) {
                name[i - begin] = ' ';
            } else if (Character.isSurrogate(character) && !paired) {
                // No encoding has it: a file it goes into would be broken.
                name[i - begin] = '?';
            } else {
                name[i - begin] = character;
            }
        }
        return new String(name);
    }
}
