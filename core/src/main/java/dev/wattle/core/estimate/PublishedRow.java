/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import dev.wattle.core.file.TsvTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A row of a published table of footprints, next to what its own inputs give. Immutable.
 *
 * @param table the table in the paper
 * @param name of the row
 * @param hardware it ran on; empty where that does not apply
 * @param calculation the inputs as a formula; empty where there are not enough
 * @param energy with the facility's overhead where the paper's has it; empty where none is printed
 * @param co2e empty where none is printed
 * @param remark for the reader; empty if nothing. Where nothing can be recomputed, the reason
 */
public record PublishedRow(
        String table,
        String name,
        String hardware,
        String calculation,
        Optional<PublishedFigure> energy,
        Optional<PublishedFigure> co2e,
        String remark) {

    /** The international pound (NIST Handbook 44, 2024, appendix C). */
    private static final double GRAMS_PER_POUND = 453.59237;

    private static final double UNKNOWN = Double.NaN;
    private static final Map<String, Double> GRAMS = Map.of("g", 1.0, "lb", GRAMS_PER_POUND, "kg", 1e3, "t", 1e6);
    private static final Map<String, Double> KILOWATT_HOURS = Map.of("kWh", 1.0, "MWh", 1e3);

    /** Whether anything of it can be recomputed. */
    public boolean isRecomputed() {
        return !calculation.isEmpty();
    }

    static PublishedRow of(TsvTable.Row row) {
        Map<String, String> inputs = new HashMap<>();
        for (String input : row.text("inputs").split(" ", -1)) {
            String[] parts = input.split("=", -1);
            if (parts.length == 2) {
                inputs.put(parts[0], parts[1]);
            }
        }
        Inputs given = new Inputs(row, inputs);
        return new PublishedRow(
                row.text("table"),
                row.text("row"),
                row.text("hardware"),
                given.calculation(),
                figure(row, "energy", given.kwh(), KILOWATT_HOURS),
                figure(row, "co2e", given.grams(), GRAMS),
                row.text("remark"));
    }

    private static Optional<PublishedFigure> figure(
            TsvTable.Row row, String column, double recomputed, Map<String, Double> units) {
        if (!row.has(column)) {
            return Optional.empty();
        }
        String unit = row.text(column + "_unit");
        Double size = units.get(unit);
        if (size == null) {
            throw new IllegalStateException(row.place() + ": no unit " + unit);
        }
        return Optional.of(new PublishedFigure(row.text(column), unit, recomputed / size));
    }

    /** The inputs that the paper gives, and the formulas that turn them into energy and CO2e. */
    private record Inputs(TsvTable.Row row, Map<String, String> values) {

        double number(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new IllegalStateException(row.place() + ": no input " + name);
            }
            return Double.parseDouble(value);
        }

        double kwh() {
            return switch (row.text("method")) {
                case "power" -> number("watts") * deviceHours() * or("pue", 1) / 1e3;
                case "cost" -> number("usd") / number("usd_per_kwh");
                case "energy", "embodied", "sum", "none" -> UNKNOWN;
                default -> throw new IllegalStateException(row.place() + ": no method " + row.text("method"));
            };
        }

        double grams() {
            return switch (row.text("method")) {
                case "embodied" -> number("units") * number("kg_each") * 1e3 * number("hours") / number("life_hours");
                case "sum" -> number("t1") * 1e6 + number("t2") * 1e6 + or("t3", 0) * 1e6;
                case "none" -> UNKNOWN;
                case "energy" -> number("kwh") * gramsPerKwh();
                default -> kwh() * gramsPerKwh();
            };
        }

        private double deviceHours() {
            return values.containsKey("device_hours") ? number("device_hours") : or("devices", 1) * number("hours");
        }

        private double gramsPerKwh() {
            for (Map.Entry<String, Double> unit : GRAMS.entrySet()) {
                if (values.containsKey(unit.getKey() + "_per_kwh")) {
                    return number(unit.getKey() + "_per_kwh") * unit.getValue();
                }
            }
            throw new IllegalStateException(row.place() + ": no carbon intensity");
        }

        private double or(String name, double otherwise) {
            return values.containsKey(name) ? number(name) : otherwise;
        }

        /** As a person would write it, such as {@code 8 x 296 W x 84 h x 1.59}. */
        String calculation() {
            return switch (row.text("method")) {
                case "power" -> power();
                case "cost" -> values.get("usd") + " USD / " + values.get("usd_per_kwh") + " USD per kWh";
                case "energy" -> values.get("kwh") + " kWh";
                case "embodied" ->
                    values.get("units") + " x " + values.get("kg_each") + " kg x " + values.get("hours") + " h / "
                            + values.get("life_hours") + " h";
                case "sum" -> sum();
                default -> "";
            };
        }

        private String power() {
            StringBuilder text = new StringBuilder();
            if (values.containsKey("devices")) {
                text.append(values.get("devices")).append(" x ");
            }
            text.append(values.get("watts")).append(" W x ");
            text.append(values.getOrDefault("device_hours", values.getOrDefault("hours", "")));
            text.append(" h");
            return values.containsKey("pue")
                    ? text.append(" x ").append(values.get("pue")).toString()
                    : text.toString();
        }

        private String sum() {
            return String.join(
                            " + ",
                            Arrays.stream(new String[] {"t1", "t2", "t3"})
                                    .filter(values::containsKey)
                                    .map(values::get)
                                    .toList())
                    + " t";
        }
    }
}
