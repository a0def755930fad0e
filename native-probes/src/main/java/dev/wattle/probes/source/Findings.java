/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import dev.wattle.core.probe.EnergyProbe;
import java.util.List;
import java.util.Optional;

/**
 * What a search among the sources of one kind came to.
 *
 * @param probe reads what can be read; empty where nothing can. It belongs to the caller
 * @param findings at least one: what was found, or that nothing was
 */
public record Findings(Optional<EnergyProbe> probe, List<Finding> findings) {
    public Findings {
        findings = List.copyOf(findings);
    }

    /** Nothing can be metered, for one reason. */
    public static Findings nothing(Finding why) {
        return new Findings(Optional.empty(), List.of(why));
    }
}
