/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.energy;

/** A power over time whose integral is known. */
interface Waveform {

    /** The energy from the start to {@code seconds} later, exactly, in joules. */
    double joules(double seconds);

    static Waveform constant(double watts) {
        return seconds -> watts * seconds;
    }

    static Waveform ramp(double watts, double wattsPerSecond) {
        return seconds -> watts * seconds + wattsPerSecond * seconds * seconds / 2;
    }

    /** High for half a period, then low for half a period. */
    static Waveform square(double highWatts, double lowWatts, double periodSeconds) {
        double half = periodSeconds / 2;
        return seconds -> {
            double whole = Math.floor(seconds / periodSeconds);
            double rest = seconds - whole * periodSeconds;
            return whole * half * (highWatts + lowWatts)
                    + highWatts * Math.min(rest, half)
                    + lowWatts * Math.max(0, rest - half);
        };
    }
}
