/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

/**
 * Takes what a probe reads. Times are of {@link #nanoTime()}; a reading is dated to the middle of the call that made
 * it. Used by the sampling thread alone.
 */
public interface Readings {

    /** Monotonic time in nanoseconds, as {@link System#nanoTime()} on a running system. */
    long nanoTime();

    /** Whether a reading of the domain is due; a domain that failed is left alone for a while. */
    boolean wants(int domain);

    /**
     * Hands over a counter's value.
     *
     * @param domain index in {@link EnergyProbe#domains()}
     * @param beforeNanos {@link #nanoTime()} before the call that read it
     * @param afterNanos {@link #nanoTime()} after that call
     * @param microjoules the counter as the hardware shows it, not unwrapped
     */
    void counter(int domain, long beforeNanos, long afterNanos, long microjoules);

    /**
     * Hands over a counter's value from before the first reading, which its energy counts from; the time since then is
     * covered, however long it is. Changes nothing where the domain was read already.
     *
     * @param domain index in {@link EnergyProbe#domains()}
     * @param nanos when the counter had this value, earlier than any reading
     * @param microjoules the counter as the hardware showed it, not unwrapped
     */
    default void earlier(int domain, long nanos, long microjoules) {}

    /**
     * Hands over a power.
     *
     * @param domain index in {@link EnergyProbe#domains()}
     * @param beforeNanos {@link #nanoTime()} before the call that read it
     * @param afterNanos {@link #nanoTime()} after that call
     * @param microwatts the power as the hardware shows it
     */
    void power(int domain, long beforeNanos, long afterNanos, long microwatts);

    /**
     * Hands over a power of a domain whose energy comes from a counter, to hold the two against each other.
     *
     * @param domain index in {@link EnergyProbe#domains()}, of one whose sensor is a {@link Sensor.Counter} with a check
     * @param beforeNanos {@link #nanoTime()} before the call that read it
     * @param afterNanos {@link #nanoTime()} after that call
     * @param microwatts the power as the hardware shows it
     */
    void check(int domain, long beforeNanos, long afterNanos, long microwatts);

    /** Says that the domain could not be read this time: a gap, never a zero. */
    void failed(int domain);

    /**
     * As {@link #failed(int)}, and says why.
     *
     * @param reason what the hardware's driver said
     */
    default void failed(int domain, String reason) {
        failed(domain);
    }

    /**
     * Says that the domain's hardware tells nothing because it is switched off: it sleeps and is not to be woken, or shows
     * no power. A gap that no energy fills, and no failure: it is asked again at the next reading.
     */
    default void silent(int domain) {
        failed(domain);
    }

    /**
     * Says something a person should know of how the domain is read; whoever calls says it once. Changes no figure.
     *
     * @param what the remark, without a full stop
     */
    default void note(int domain, String what) {}

    /**
     * Says that another source meters the same hardware from now on: the domain keeps its energy and is read no more, which
     * is no gap.
     */
    default void retired(int domain) {}

    /**
     * Says that the domain is gone: its total stays, and the run's reports say so. It is tried again every half minute.
     *
     * @param reason what the hardware's driver said
     */
    void lost(int domain, String reason);
}
