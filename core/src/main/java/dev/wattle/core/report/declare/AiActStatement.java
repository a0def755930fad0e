/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.declare;

import dev.wattle.core.ledger.detail.DeviceDetail;
import dev.wattle.core.ledger.detail.RunDetail;
import dev.wattle.core.report.text.PrintableName;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The sentence about energy for the technical documentation of a general-purpose AI model: Regulation (EU) 2024/1689 (AI Act),
 * Annex XI, section 1, point 2(e), asks for the known or estimated energy consumption of the model.
 */
public final class AiActStatement {

    /** The place that asks for it. */
    public static final String REFERENCE = "Regulation (EU) 2024/1689 (AI Act), Annex XI, section 1, point 2(e)";

    private static final MathContext DIGITS = new MathContext(4);

    private AiActStatement() {}

    /** The statement; empty where no energy is known. */
    public static Optional<String> of(RunDetail run) {
        if (run.microjoules().isEmpty()) {
            return Optional.empty();
        }
        TrainingEnergy energy = TrainingEnergy.of(run);
        return Optional.of("Energy consumption of the training (" + REFERENCE + "): "
                + rounded(energy.trainingMicrojoules()) + " kWh, " + basis(run) + ". It is the energy of "
                + counted(run) + " in the run " + PrintableName.of(run.run()) + when(run)
                + ", without "
                + (energy.inferenceMicrojoules() > 0 ? "the use of the model during the run (inference), " : "")
                + "the facility's overhead (PUE), networks, storage and other runs."
                + (run.killed()
                        ? " The run ended without a last reading: the figure is that of its last checkpoint."
                        : ""));
    }

    /** Whether it is known or estimated, in the words of the regulation, and how. */
    private static String basis(RunDetail run) {
        boolean measured =
                run.microjoulesByQuality().keySet().stream().anyMatch(quality -> !quality.equals("modelled"));
        String how = run.qualities();
        if (!run.isModelled()) {
            return "known: measured by hardware (" + how + ")";
        }
        return measured
                ? "partly known, partly estimated (" + how + ")"
                : "estimated: modelled from the load of the processors, not measured";
    }

    private static String counted(RunDetail run) {
        Set<String> kinds = new LinkedHashSet<>();
        boolean container = false;
        for (DeviceDetail device : run.devices()) {
            kinds.add(
                    switch (device.component()) {
                        case "cpu" -> "the processors";
                        case "dram" -> "the memory";
                        case "gpu" -> "the accelerators";
                        default -> PrintableName.of(device.component());
                    });
            container |= device.scope().equals("container");
        }
        return (kinds.isEmpty() ? "the metered devices" : String.join(", ", kinds))
                + (container ? " of the container" : " of the machine");
    }

    private static String when(RunDetail run) {
        if (run.started().isEmpty() || !Double.isFinite(run.seconds())) {
            return "";
        }
        Instant start = run.started().get();
        Instant end = start.plusSeconds((long) Math.min(1e10, run.seconds()));
        return ", from " + minutes(start) + " to " + minutes(end) + " UTC";
    }

    private static String minutes(Instant instant) {
        return instant.toString().substring(0, 16).replace('T', ' ');
    }

    /** Four digits that count, without an exponent. */
    private static String rounded(long microjoules) {
        return new BigDecimal(TrainingEnergy.kwh(microjoules)).round(DIGITS).toPlainString();
    }
}
