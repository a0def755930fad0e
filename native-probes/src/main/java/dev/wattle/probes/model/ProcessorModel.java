/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import dev.wattle.core.file.TsvTable;
import java.util.Optional;

/**
 * The published figures for the processors of a machine.
 *
 * @param name what the model is
 * @param curve watts of one logical processor by its load
 * @param includesMemory whether those watts were measured on whole servers, including memory
 * @param source the publisher of the figures, and the year
 */
record ProcessorModel(String name, PowerCurve curve, boolean includesMemory, String source) {
    /** "Gold 6138P" is not "Gold 6138", and "Platinum 8480+" is not "Platinum 8480". */
    private static final String NOTHING_JOINED = "(?![\\w+-])";

    private static final String TEADS = "; load curve: Teads Engineering, 2021";

    /** By thermal design power if the exact processor is known and is not shared, else by watts per vCPU. */
    static ProcessorModel of(Processor processor) {
        return processor.virtual()
                ? perVcpu(processor)
                : byThermalDesign(processor).orElseGet(() -> perVcpu(processor));
    }

    private static Optional<ProcessorModel> byThermalDesign(Processor processor) {
        return ProductNames.find(ModelSource.processors(), processor.name(), NOTHING_JOINED)
                .map(row -> {
                    double watts = row.number("tdp_watts") / processor.packageThreads();
                    return new ProcessorModel(
                            "thermal design power of " + row.text("token") + " by load",
                            PowerCurve.ofThermalDesign(watts),
                            false,
                            row.text("source") + ", " + row.text("year") + TEADS);
                });
    }

    private static ProcessorModel perVcpu(Processor processor) {
        String microarchitecture = Microarchitecture.of(processor);
        return TsvTable.load(ProcessorModel.class, "vcpu-watts.tsv").stream()
                .filter(row -> row.text("microarchitecture").equals(microarchitecture))
                .findFirst()
                .map(row -> new ProcessorModel(
                        "watts per vCPU of " + microarchitecture + " servers by load, memory included",
                        PowerCurve.linear(row.number("idle_watts"), row.number("full_watts"))
                                .times(threadsInOne(processor, row.whole("threads_per_core"))),
                        true,
                        row.text("source") + ", " + row.text("year")))
                .orElseThrow();
    }

    /**
     * How many threads of the servers that the figures come from one of this machine's stands for: two where they had two
     * a core and here each core has one. What a hypervisor says of cores is not believed.
     */
    private static double threadsInOne(Processor processor, int threadsPerCore) {
        double cores = processor.virtual() ? 0 : processor.packageCores();
        return Math.max(1, threadsPerCore * cores / processor.packageThreads());
    }
}
