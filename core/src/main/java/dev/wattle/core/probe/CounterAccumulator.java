/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

/**
 * Turns the values of one wrapping hardware counter into cumulative microjoules that never decrease.
 *
 * <p>The first reading is the baseline and counts as no energy. A value that fell has wrapped once, at the domain's own
 * range. A step that no hardware could have made is not believed: the reading is rejected and counted, and the one after
 * it decides. Where that one continues from before, the odd value was a glitch and no energy is lost; where it continues
 * from the odd value, the counter was reset, and the time in between is counted as a gap.
 *
 * <p>A gap between two readings loses nothing as long as the counter cannot have wrapped more than once in it.
 *
 * <p>For one thread.
 */
public final class CounterAccumulator {

    /**
     * More than any one package, board or memory bank draws for a second: the largest boards of 2026 are specified below
     * 1.5 kW. In microjoules per microsecond, which is watts.
     */
    private static final long PLAUSIBLE_WATTS = 2_000;

    /** A counter moves in steps, so that a short interval may see the energy of a longer one. */
    private static final long PLAUSIBLE_MICROS = 1_000_000;

    /** What one domain draws over minutes at the most; decides how long a wrap stays unambiguous. */
    private static final long SUSTAINED_WATTS = 1_000;

    /** A range that a kilowatt would use up sooner belongs to something that draws far less. */
    private static final long SHORTEST_HORIZON_MICROS = 2_000_000;

    private final long rangeMicrojoules;
    private final long horizonMicros;

    private boolean based;
    private long lastNanos;
    private long lastValue;

    private boolean restarting;
    private boolean suspecting;
    private long suspectNanos;
    private long suspectValue;

    private boolean wrapBelieved = true;
    private long cumulativeMicrojoules;
    private long rejected;
    private long lostNanos;

    /** @param rangeMicrojoules as in {@link Sensor.Counter} */
    public CounterAccumulator(long rangeMicrojoules) {
        this.rangeMicrojoules = rangeMicrojoules;
        this.horizonMicros = rangeMicrojoules == 0
                ? Long.MAX_VALUE
                : Math.max(rangeMicrojoules / SUSTAINED_WATTS, SHORTEST_HORIZON_MICROS);
    }

    /**
     * Takes a reading.
     *
     * @param nanos when the counter had this value, later than the reading before
     * @param microjoules the counter's value
     * @return whether it was believed
     */
    public boolean accept(long nanos, long microjoules) {
        if (!based) {
            based = true;
            rebase(nanos, microjoules);
            return true;
        }
        if (restarting) {
            lostNanos += nanos - lastNanos;
            rebase(nanos, microjoules);
            return true;
        }
        long step = believableStep(lastNanos, lastValue, nanos, microjoules);
        if (step < 0 && suspecting) {
            step = believableStep(suspectNanos, suspectValue, nanos, microjoules);
            if (step >= 0) {
                lostNanos += suspectNanos - lastNanos;
            }
        }
        if (step < 0) {
            rejected++;
            suspecting = true;
            suspectNanos = nanos;
            suspectValue = microjoules;
            return false;
        }
        cumulativeMicrojoules += step;
        rebase(nanos, microjoules);
        return true;
    }

    /** The machine slept: a counter that is lower than before was reset, it did not wrap. */
    public void suspended() {
        wrapBelieved = false;
    }

    /** The counter went away; whatever it shows when it is back is a new baseline, and the time in between is lost. */
    public void restarted() {
        restarting = based;
        suspecting = false;
    }

    /** The energy since the first reading, in microjoules; never decreases. */
    public long cumulativeMicrojoules() {
        return cumulativeMicrojoules;
    }

    /** How many readings were not believed. */
    public long rejected() {
        return rejected;
    }

    /** For how long the energy is unknown because the counter was reset, in nanoseconds. */
    public long lostNanos() {
        return lostNanos;
    }

    private void rebase(long nanos, long microjoules) {
        lastNanos = nanos;
        lastValue = microjoules;
        suspecting = false;
        restarting = false;
        wrapBelieved = true;
    }

    private long believableStep(long fromNanos, long from, long toNanos, long to) {
        long micros = (toNanos - fromNanos) / 1_000;
        long step = to - from;
        if (step < 0 && wrapBelieved) {
            step += rangeMicrojoules;
        }
        boolean believable =
                step >= 0 && micros <= horizonMicros && step / PLAUSIBLE_WATTS <= Math.max(micros, PLAUSIBLE_MICROS);
        return believable ? step : -1;
    }
}
