/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.IntensityHistory.Hour;
import dev.wattle.core.energy.EnergyUnits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * The same run at the best time of a day: with the same length and energy, used evenly, when the intensity is lowest. Only
 * for runs with live intensity whose service states the day. Immutable.
 *
 * @param from when the run would start: the start of one of the day's parts
 * @param gramsPerKwh the mean intensity over the run from there on
 * @param gramsCo2e the CO2e of the run's energy then, in grams, PUE included
 */
public record BestHour(Instant from, double gramsPerKwh, double gramsCo2e) {

    /**
     * Finds it among the starts from which the run ends within the day.
     *
     * @param microjoules the run's energy
     * @param length how long the run took
     * @return empty where the day is not known, or the run is longer
     */
    public static Optional<BestHour> of(CarbonSettings carbon, long microjoules, Duration length) {
        List<Hour> day = carbon.history().day();
        Optional<BestHour> best = Optional.empty();
        for (int start = 0; start < day.size() - 1; start++) {
            double mean = mean(day, start, Math.max(1, length.toMillis()));
            if (!Double.isNaN(mean) && (best.isEmpty() || mean < best.get().gramsPerKwh)) {
                double grams = EnergyUnits.kwh(microjoules) * carbon.pue() * mean;
                best = Optional.of(new BestHour(day.get(start).from(), mean, grams));
            }
        }
        return best;
    }

    /**
     * What it means for a reader, such as {@code At the best time of that day, from 2026-11-28 03:00 UTC on, this run would be
     * at 12.5 g: 45 % less.}
     *
     * @param actualGrams the run's own CO2e in grams
     * @param grams formats a mass in grams
     */
    public String sentence(double actualGrams, DoubleFunction<String> grams) {
        double less = 100 * (1 - gramsCo2e / actualGrams);
        if (!(less >= 0.5)) {
            return "No other time of that day would have been better.";
        }
        String start = from.toString().substring(0, "2026-11-28T12:00".length()).replace('T', ' ');
        return "At the best time of that day, from " + start + " UTC on, this run would be at " + grams.apply(gramsCo2e)
                + ": " + String.format((Locale) null, "%.0f", less) + " % less.";
    }

    /** The mean by time; NaN where the day ends before the run. The last part is as long as the one before it. */
    private static double mean(List<Hour> day, int start, long millis) {
        double sum = 0;
        long left = millis;
        for (int i = start; i < day.size(); i++) {
            int next = Math.min(i, day.size() - 2);
            long whole = Duration.between(
                            day.get(next).from(), day.get(next + 1).from())
                    .toMillis();
            long part = Math.min(left, whole);
            sum += part * day.get(i).gramsPerKwh();
            left -= part;
            if (left == 0) {
                return sum / millis;
            }
        }
        return Double.NaN;
    }
}
