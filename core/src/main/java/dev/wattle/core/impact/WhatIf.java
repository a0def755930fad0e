/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.impact;

import dev.wattle.core.carbon.CarbonIntensity;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.carbon.EmissionBasis;
import dev.wattle.core.carbon.GridZones;
import dev.wattle.core.carbon.Pue;
import dev.wattle.core.energy.EnergyUnits;
import java.util.ArrayList;
import java.util.List;

/**
 * The same energy in other zones and at other PUEs: what it would have emitted there, for a reader who can move the job.
 *
 * <p>Figures of different kinds, {@code lifecycle} and {@code direct}, are not comparable; each row says whether its kind is that of
 * the run's own figure. All are annual averages.
 */
public final class WhatIf {

    /** Clean and dirty grids of the world, as examples. */
    public static final List<String> ZONES = List.of("FR", "SE", "US", "US-CA", "DE", "PL", "IN", GridZones.WORLD);

    /** A very good facility, an average cloud, and about the average data centre of the world (Uptime Institute, 2024). */
    public static final List<Double> PUES = List.of(Pue.MIN, 1.1, 1.2, 1.56);

    /**
     * The energy in one zone.
     *
     * @param intensity the zone's figure, with its year, kind, basis and source
     * @param pue that it is multiplied by
     * @param gramsCo2e grams of CO2e there
     * @param own whether it is the zone and PUE of the run itself
     * @param comparable whether the figure is of the same kind as the run's own
     */
    public record Row(CarbonIntensity intensity, double pue, double gramsCo2e, boolean own, boolean comparable) {}

    private WhatIf() {}

    /**
     * The energy in the run's own zone, first, and in each of {@link #ZONES}, from the least to the most CO2e, all at the run's
     * PUE.
     *
     * @param microjoules the energy of the computers, without the facility's overhead
     */
    public static List<Row> zones(long microjoules, CarbonSettings own) {
        return zones(microjoules, own, ZONES);
    }

    /** As {@link #zones(long, CarbonSettings)}, with the zones that the caller names; a zone that is unknown is left out. */
    public static List<Row> zones(long microjoules, CarbonSettings own, List<String> zones) {
        List<CarbonIntensity> others = new ArrayList<>();
        for (String zone : zones) {
            GridZones.bundled()
                    .find(zone)
                    .filter(intensity ->
                            !intensity.zone().equals(own.intensity().zone()) && !others.contains(intensity))
                    .ifPresent(others::add);
        }
        others.sort((a, b) -> Double.compare(a.gramsPerKwh(), b.gramsPerKwh()));
        List<Row> rows = new ArrayList<>();
        rows.add(row(microjoules, own.intensity(), own.pue(), own));
        others.forEach(intensity -> rows.add(row(microjoules, intensity, own.pue(), own)));
        return List.copyOf(rows);
    }

    /** The energy in the run's own zone at the run's PUE, first, and at each of {@link #PUES}, in rising order. */
    public static List<Row> pues(long microjoules, CarbonSettings own) {
        List<Row> rows = new ArrayList<>();
        rows.add(row(microjoules, own.intensity(), own.pue(), own));
        for (double pue : PUES) {
            if (pue != own.pue()) {
                rows.add(row(microjoules, own.intensity(), pue, own));
            }
        }
        return List.copyOf(rows);
    }

    private static boolean isMarginal(CarbonIntensity intensity) {
        return intensity.basis() == EmissionBasis.MARGINAL;
    }

    private static Row row(long microjoules, CarbonIntensity intensity, double pue, CarbonSettings own) {
        return new Row(
                intensity,
                pue,
                EnergyUnits.kwh(microjoules) * pue * intensity.gramsPerKwh(),
                intensity.equals(own.intensity()) && pue == own.pue(),
                intensity.kind() == own.intensity().kind() && isMarginal(intensity) == isMarginal(own.intensity()));
    }
}
