/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

/**
 * How a recorded run turned energy into CO2e. Immutable.
 *
 * @param gramsPerKwh grams of CO2e per kWh, 0 or more
 * @param zone the zone's code; {@code custom} for a figure that the user gave; may be empty
 * @param year the year the figure describes; 0 where it is not stated
 * @param kind {@code lifecycle}, {@code direct} or {@code unstated}; may be empty
 * @param basis {@code generation}, {@code consumption} or {@code unstated}; may be empty
 * @param source the code of its source; may be empty
 * @param pue the power usage effectiveness of the facility, 1 or more
 */
public record RecordedCarbon(
        double gramsPerKwh, String zone, int year, String kind, String basis, String source, double pue) {}
