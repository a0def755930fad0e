/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.probe.EnergyProbe;
import java.util.List;
import java.util.Optional;

/**
 * What a look at a powercap tree came to.
 *
 * @param probe reads what can be read; empty where nothing can
 * @param notes what a person should know: what cannot be read, why, and what helps
 */
public record PowercapFindings(Optional<EnergyProbe> probe, List<String> notes) {
    public PowercapFindings {
        notes = List.copyOf(notes);
    }
}
