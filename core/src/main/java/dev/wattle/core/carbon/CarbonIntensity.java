/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

/**
 * The CO2e of one kilowatt-hour of electricity, and the source of that figure. Immutable.
 *
 * @param gramsPerKwh grams of CO2e per kWh, 0 to {@value #MAX_GRAMS_PER_KWH}; an annual average, or a live figure
 * @param zone where the figure applies: a zone ({@code FR}), a cloud region with a figure of its own ({@code
 *     gcp:europe-west9}), or {@value #CUSTOM}
 * @param zoneName the zone's name for people
 * @param year the year the figure describes; 0 where it is not stated
 * @param kind which emissions are counted
 * @param basis which kilowatt-hours are counted
 * @param source a code of this package's {@code sources.tsv}, or {@value #USER}
 */
public record CarbonIntensity(
        double gramsPerKwh, String zone, String zoneName, int year, ZoneKind kind, EmissionBasis basis, String source) {

    /** The zone of a figure that the user gave. */
    public static final String CUSTOM = "custom";

    /** The source of a figure that the user gave. */
    public static final String USER = "user";

    /** The highest figure in the tables is 1306; one above this limit is in a wrong unit. */
    public static final int MAX_GRAMS_PER_KWH = 2000;

    /**
     * A figure the user gave, of unstated year, kind and basis.
     *
     * @throws IllegalArgumentException if the figure is not a number from 0 to {@value #MAX_GRAMS_PER_KWH}
     */
    public static CarbonIntensity custom(double gramsPerKwh) {
        return new CarbonIntensity(
                gramsPerKwh, CUSTOM, "given by the user", 0, ZoneKind.UNSTATED, EmissionBasis.UNSTATED, USER);
    }

    /** @throws IllegalArgumentException if the figure is not a number from 0 to {@value #MAX_GRAMS_PER_KWH} */
    public CarbonIntensity {
        if (!(gramsPerKwh >= 0 && gramsPerKwh <= MAX_GRAMS_PER_KWH)) {
            throw new IllegalArgumentException(
                    "carbon intensity " + gramsPerKwh + " is not from 0 to " + MAX_GRAMS_PER_KWH + " g CO2e per kWh");
        }
    }
}
