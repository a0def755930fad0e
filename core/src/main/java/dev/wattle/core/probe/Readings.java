/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.probe;

/**
 * Takes the readings of a probe. Instants are those of {@link #nanoTime()}; a reading is dated to the middle of its call. For
 * the thread that reads the probe.
 */
public interface Readings {

    /** Monotonic time in nanoseconds, as {@link System#nanoTime()} on a running system. */
    long nanoTime();

    /** Whether a reading of the domain is due; a domain that has failed is not read for a while. */
    boolean wants(int domain);

    /**
     * Takes a counter's value.
     *
     * @param domain index in {@link EnergyProbe#domains()}
     * @param beforeNanos {@link #nanoTime()} before the call that read it
     * @param afterNanos {@link #nanoTime()} after that call
     * @param microjoules the counter as the hardware shows it, not unwrapped
     */
    void counter(int domain, long beforeNanos, long afterNanos, long microjoules);

    /**
     * Takes a counter's value from before the first reading: the energy counts from then on, and the time since then is
     * covered, however long it is. Ignored if the domain was read already.
     *
     * @param domain index in {@link EnergyProbe#domains()}
     * @param nanos when the counter had this value, earlier than any reading
     * @param microjoules the counter as the hardware showed it, not unwrapped
     */
    default void earlier(int domain, long nanos, long microjoules) {}

    /**
     * Takes a power.
     *
     * @param domain index in {@link EnergyProbe#domains()}
     * @param beforeNanos {@link #nanoTime()} before the call that read it
     * @param afterNanos {@link #nanoTime()} after that call
     * @param microwatts the power as the hardware shows it
     */
    void power(int domain, long beforeNanos, long afterNanos, long microwatts);

    /**
     * Takes a power to compare the domain's counter with.
     *
     * @param domain index in {@link EnergyProbe#domains()}, of one whose sensor is a {@link Sensor.Counter} with a check
     * @param beforeNanos {@link #nanoTime()} before the call that read it
     * @param afterNanos {@link #nanoTime()} after that call
     * @param microwatts the power as the hardware shows it
     */
    void check(int domain, long beforeNanos, long afterNanos, long microwatts);

    /** The domain could not be read this time: a gap, never a zero. */
    void failed(int domain);

    /**
     * As {@link #failed(int)}, with the reason.
     *
     * @param reason the driver's words
     */
    default void failed(int domain, String reason) {
        failed(domain);
    }

    /**
     * The domain's hardware reports nothing because it is switched off: it sleeps and must not be woken, or shows no power. A
     * gap that no energy fills, but no failure: the domain is read again the next time.
     */
    default void silent(int domain) {
        failed(domain);
    }

    /**
     * Reports a remark about how the domain is read, for a person. Changes no figure. A probe reports a remark once.
     *
     * @param what the remark, without a full stop
     */
    default void note(int domain, String what) {}

    /**
     * Another source meters the same hardware from now on: the domain keeps its energy and is not read any more, which is no
     * gap.
     */
    default void retired(int domain) {}

    /**
     * The device is gone: the domain keeps its energy, and the run's reports say so. It is tried again every five seconds.
     *
     * @param reason the driver's words
     */
    void lost(int domain, String reason);
}
