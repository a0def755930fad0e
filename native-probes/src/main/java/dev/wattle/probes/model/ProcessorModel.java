/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import dev.wattle.core.file.TsvTable;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The published figures for one machine's processors.
 *
 * @param name what the model is
 * @param curve watts of one logical processor by its load
 * @param includesMemory whether those watts were measured on whole servers, memory included
 * @param source who published the figures, and when
 */
record ProcessorModel(String name, PowerCurve curve, boolean includesMemory, String source) {
    private static final String TEADS = "; load curve: Teads Engineering, 2021";

    /** Thermal design power where the very processor is known and all of it is ours, else watts per vCPU. */
    static ProcessorModel of(Processor processor) {
        return processor.virtual()
                ? perVcpu(processor)
                : byThermalDesign(processor).orElseGet(() -> perVcpu(processor));
    }

    private static Optional<ProcessorModel> byThermalDesign(Processor processor) {
        // The longest match: "E5-2650 v4" is no "E5-2650", "Apple M1 Max" no "Apple M1".
        return TsvTable.load(ProcessorModel.class, "processors.tsv").stream()
                .filter(row -> namesWhole(row.text("token"), processor.name()))
                .max(Comparator.comparingInt(row -> row.text("token").length()))
                .map(row -> {
                    double watts = row.number("tdp_watts") * processor.packages() / processor.logicalCpus();
                    return new ProcessorModel(
                            "thermal design power of " + row.text("token") + " by load",
                            PowerCurve.ofThermalDesign(watts),
                            false,
                            row.text("source") + ", " + row.text("year") + TEADS);
                });
    }

    private static boolean namesWhole(String token, String name) {
        return name.contains(token)
                && Pattern.compile("(?<![\\w-])" + Pattern.quote(token) + "(?![\\w+-])")
                        .matcher(name)
                        .find();
    }

    private static ProcessorModel perVcpu(Processor processor) {
        String microarchitecture = Microarchitecture.of(processor);
        return TsvTable.load(ProcessorModel.class, "vcpu-watts.tsv").stream()
                .filter(row -> row.text("microarchitecture").equals(microarchitecture))
                .findFirst()
                .map(row -> new ProcessorModel(
                        "watts per vCPU of " + microarchitecture + " servers by load, memory included",
                        PowerCurve.linear(row.number("idle_watts"), row.number("full_watts")),
                        true,
                        row.text("source") + ", " + row.text("year")))
                .orElseThrow();
    }
}
