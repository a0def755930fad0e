/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.probes.model.ModelDescription;
import dev.wattle.probes.model.ModelProbe;
import dev.wattle.probes.model.ModelSource;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds the model of the processors. It can be prepared while other sources are awaited: then it also covers that time. One
 * thread at a time finds it; any thread may ask for its description.
 */
final class ModelSearch {
    private final Hardware hardware;
    private volatile Optional<ModelProbe> model = Optional.empty();
    private volatile boolean isUsed;

    ModelSearch(Hardware hardware) {
        this.hardware = hardware;
    }

    /** Starts to count the load, so that the model covers the time from now on. */
    void prepare() {
        if (model.isEmpty()) {
            try {
                model = modelOf(ModelSource.find(hardware.procRoot(), hardware.cgroupRoot()));
                model.ifPresent(probe -> probe.prepare(System.nanoTime()));
            } catch (Exception | LinkageError e) {
                // It is searched again when it is needed, and a failure is reported then.
                model = Optional.empty();
            }
        }
    }

    /** @param processorsCounted whether another source measures the processors; the model is retired when it becomes true */
    Findings find(BooleanSupplier processorsCounted) {
        if (processorsCounted.getAsBoolean()) {
            model.ifPresent(ModelProbe::close);
            model = Optional.empty();
            return Findings.nothing(new Finding(
                    ProbeKind.MODEL,
                    "",
                    SourceState.UNNEEDED,
                    "The processors are measured, so nothing is modelled.",
                    List.of()));
        }
        Findings found = model.map(probe -> ModelSource.found(probe, hardware.procRoot()))
                .orElseGet(() -> ModelSource.find(hardware.procRoot(), hardware.cgroupRoot()));
        model = modelOf(found);
        isUsed = model.isPresent();
        return new Findings(found.probe().map(probe -> new StandInProbe(probe, processorsCounted)), found.findings());
    }

    private static Optional<ModelProbe> modelOf(Findings found) {
        return found.probe().filter(ModelProbe.class::isInstance).map(ModelProbe.class::cast);
    }

    /** The model, if it is used. */
    Optional<ModelDescription> description() {
        return isUsed ? model.map(ModelProbe::description) : Optional.empty();
    }
}
