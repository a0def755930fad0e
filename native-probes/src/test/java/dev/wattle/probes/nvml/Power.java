/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import java.util.StringJoiner;
import java.util.function.DoubleUnaryOperator;

/**
 * What a GPU draws over time, in watts, with its integral in closed form.
 *
 * <p>Times are seconds since t = 0; before that, the power is what it is at 0. A wave's phase is how far it is into its
 * period at t = 0.
 */
public final class Power {
    private final String words;
    private final double wattsAtZero;
    private final DoubleUnaryOperator joulesSinceZero;

    private Power(String words, double wattsAtZero, DoubleUnaryOperator joulesSinceZero) {
        this.words = words;
        this.wattsAtZero = wattsAtZero;
        this.joulesSinceZero = joulesSinceZero;
    }

    public static Power constant(double watts) {
        return new Power("constant " + watts, watts, t -> watts * t);
    }

    /** From t = 0 to {@code seconds} in a straight line, and constant afterwards. */
    public static Power ramp(double from, double to, double seconds) {
        double slope = (to - from) / positive(seconds);
        return new Power("ramp " + from + " " + to + " " + seconds, from, t -> {
            double over = Math.max(0, t - seconds);
            return from * t + slope * (t * t - over * over) / 2;
        });
    }

    /** High for the first half of each period. */
    public static Power square(double high, double low, double period) {
        return square(high, low, period, 0.5, 0);
    }

    /** High for the first {@code duty} of each period. */
    public static Power square(double high, double low, double period, double duty, double phase) {
        return new Power(
                "square " + high + " " + low + " period " + positive(period) + " duty " + duty + " phase "
                        + notNegative(phase),
                phase % period < duty * period ? high : low,
                t -> low * t
                        + (high - low) * (secondsHigh(t + phase, period, duty) - secondsHigh(phase, period, duty)));
    }

    public static Power sine(double mean, double amplitude, double period) {
        return sine(mean, amplitude, period, 0);
    }

    public static Power sine(double mean, double amplitude, double period, double phase) {
        double perSecond = 2 * Math.PI / positive(period);
        return new Power(
                "sine " + mean + " " + amplitude + " period " + period + " phase " + notNegative(phase),
                mean + amplitude * Math.sin(perSecond * phase),
                t -> mean * t
                        + amplitude / perSecond * (Math.cos(perSecond * phase) - Math.cos(perSecond * (t + phase))));
    }

    /** A power from each time on: the first time is 0, and each is later than the one before. */
    public static Power steps(double... secondsAndWatts) {
        require(secondsAndWatts.length > 0 && secondsAndWatts.length % 2 == 0, "watts for each time");
        StringJoiner words = new StringJoiner(" ", "steps ", "");
        for (int i = 0; i < secondsAndWatts.length; i++) {
            boolean inOrder =
                    i == 0 ? secondsAndWatts[0] == 0 : i % 2 == 1 || secondsAndWatts[i] > secondsAndWatts[i - 2];
            require(inOrder, "times from 0 on, in order");
            words.add(Double.toString(secondsAndWatts[i]));
        }
        return new Power(words.toString(), secondsAndWatts[1], t -> {
            double joules = secondsAndWatts[1] * t;
            for (int i = 2; i < secondsAndWatts.length; i += 2) {
                joules += (secondsAndWatts[i + 1] - secondsAndWatts[i - 1]) * Math.max(0, t - secondsAndWatts[i]);
            }
            return joules;
        });
    }

    /** Exactly what is drawn between two times. */
    public double joules(double fromSeconds, double toSeconds) {
        return since0(toSeconds) - since0(fromSeconds);
    }

    String words() {
        return words;
    }

    private double since0(double seconds) {
        return seconds < 0 ? wattsAtZero * seconds : joulesSinceZero.applyAsDouble(seconds);
    }

    private static double secondsHigh(double seconds, double period, double duty) {
        double whole = Math.floor(seconds / period);
        return whole * duty * period + Math.min(seconds - whole * period, duty * period);
    }

    private static double positive(double seconds) {
        require(seconds > 0, "a time above 0");
        return seconds;
    }

    private static double notNegative(double seconds) {
        require(seconds >= 0, "a phase of 0 or more");
        return seconds;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("a power needs " + what);
        }
    }
}
