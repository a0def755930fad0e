/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import dev.wattle.core.probe.EnergyProbe;
import java.util.List;
import java.util.Optional;

/**
 * The result of searching the sources of one kind.
 *
 * @param probe reads what can be read; empty if nothing can. The caller closes it
 * @param findings what was found, or that nothing was; at least one
 */
public record Findings(Optional<EnergyProbe> probe, List<Finding> findings) {
    public Findings {
        findings = List.copyOf(findings);
    }

    /** Nothing can be metered, for one reason. */
    public static Findings nothing(Finding reason) {
        return new Findings(Optional.empty(), List.of(reason));
    }
}
