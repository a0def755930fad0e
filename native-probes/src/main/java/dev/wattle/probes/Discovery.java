/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.model.ModelDescription;
import dev.wattle.probes.source.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be metered here.
 *
 * @param probes the probes, owned by the caller; none of their domains overlap
 * @param findings the result for each source that was searched, in the order of the search
 * @param remarks sentences about what is not metered, which belong to no single source
 * @param model the model of the processors, if it is used
 */
public record Discovery(
        List<EnergyProbe> probes, List<Finding> findings, List<String> remarks, Optional<ModelDescription> model) {
    public Discovery {
        probes = List.copyOf(probes);
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
    }

    Discovery with(List<Finding> more) {
        return new Discovery(
                probes, Stream.concat(findings.stream(), more.stream()).toList(), remarks, model);
    }

    /** What is not metered, why, and how to fix it, or the command that says so: for the start and the end of a run. */
    public List<String> notes() {
        return Stream.concat(findings.stream().filter(Finding::isWorthANote).map(Finding::brief), remarks.stream())
                .toList();
    }
}
