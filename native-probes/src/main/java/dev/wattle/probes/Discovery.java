/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.sampling.ProcessorTimes;
import dev.wattle.probes.model.ModelDescription;
import dev.wattle.probes.source.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What can be metered here.
 *
 * @param probes the probes, owned by the caller; none of their domains overlap
 * @param findings every source that was looked for, and what came of it, in the order of the search
 * @param notes sentences about what is not metered, why, and what helps
 * @param model what stands behind modelled processor figures, where any are used
 * @param processorTimes for this JVM's share of the processors' energy, where the system tells them
 */
public record Discovery(
        List<EnergyProbe> probes,
        List<Finding> findings,
        List<String> notes,
        Optional<ModelDescription> model,
        Optional<ProcessorTimes> processorTimes) {
    public Discovery {
        probes = List.copyOf(probes);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }
}
