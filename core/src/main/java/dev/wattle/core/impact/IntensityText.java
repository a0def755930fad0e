/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EmissionBasis;
import dev.wattle.core.carbon.IntensityHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Says at which carbon intensities a run's energy was used, and which part of it at which. */
public final class IntensityText {
    private static final String MIXED = "marginal figures and averages do not compare, and their sum is neither";

    private IntensityText() {}

    /** The energy at the figures of one source. */
    private static final class Share {
        private final IntensityHistory.Step first;
        private long microjoules;
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;

        Share(IntensityHistory.Step first) {
            this.first = first;
        }

        void add(IntensityHistory.Step step, long energy) {
            double grams = step.intensity().gramsPerKwh();
            microjoules += energy;
            least = Math.min(least, grams);
            most = Math.max(most, grams);
        }
    }

    /**
     * A phrase that follows the mass of CO2e and "at", such as {@code 287.5 g/kWh on average: 88 % of the energy at 100 to 400
     * (Electricity Maps, FR, lifecycle, consumption), 12 % at 41.79 (table, FR, 2025, lifecycle, generation)}.
     *
     * @param runMicrojoules the run's energy so far
     */
    public static String of(CarbonSettings carbon, long runMicrojoules) {
        Map<String, Share> shares = new LinkedHashMap<>();
        List<IntensityHistory.Step> steps = carbon.history().steps();
        List<Long> energies = carbon.history().microjoulesBySteps(runMicrojoules);
        double weighted = 0;
        long sum = 0;
        for (int i = 0; i < steps.size(); i++) {
            IntensityHistory.Step step = steps.get(i);
            long energy = energies.get(i);
            if (energy > 0) {
                shares.computeIfAbsent(describe(step), label -> new Share(step)).add(step, energy);
                weighted += energy * step.intensity().gramsPerKwh();
                sum += energy;
            }
        }
        if (sum == 0) {
            return number(carbon.intensity().gramsPerKwh()) + " g/kWh (" + describe(steps.get(steps.size() - 1)) + ")";
        }
        StringJoiner parts = new StringJoiner(", ");
        for (Map.Entry<String, Share> share : shares.entrySet()) {
            parts.add(percent(share.getValue().microjoules, sum) + " of the energy at " + range(share.getValue()) + " ("
                    + share.getKey() + ")");
        }
        return number(weighted / sum) + " g/kWh on average: " + parts + (isMixed(shares) ? "; " + MIXED : "");
    }

    private static boolean isMixed(Map<String, Share> shares) {
        long marginal = shares.values().stream()
                .filter(share -> share.first.intensity().basis() == EmissionBasis.MARGINAL)
                .count();
        return marginal > 0 && marginal < shares.size();
    }

    private static String describe(IntensityHistory.Step step) {
        CarbonIntensity intensity = step.intensity();
        if (intensity.zone().equals(CarbonIntensity.CUSTOM)) {
            return "as configured";
        }
        String origin = step.live() ? "" : "table, ";
        String provider = step.live() ? intensity.zoneName() + ", " : "";
        String year = step.live() || intensity.year() == 0 ? "" : ", " + intensity.year();
        String basis = intensity.basis() == EmissionBasis.MARGINAL
                ? ""
                : ", " + intensity.basis().tag();
        return origin + provider + intensity.zone() + year + ", "
                + intensity.kind().tag() + basis;
    }

    private static String range(Share share) {
        return share.least == share.most ? number(share.least) : number(share.least) + " to " + number(share.most);
    }

    private static String percent(long part, long sum) {
        double percent = 100.0 * part / sum;
        return percent < 0.95 ? "less than 1 %" : String.format((Locale) null, "%.0f %%", percent);
    }

    private static String number(double grams) {
        return grams == Math.rint(grams)
                ? Long.toString((long) grams)
                : String.format((Locale) null, grams < 100 ? "%.2f" : "%.1f", grams);
    }
}
