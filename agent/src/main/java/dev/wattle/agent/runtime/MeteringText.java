/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.runtime;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Quality;
import dev.wattle.probes.model.ModelDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Says what is metered, for a person. */
final class MeteringText {
    private MeteringText() {}

    /** How a model comes to its powers, and how far off it may be. */
    static String model(ModelDescription model) {
        return String.format(
                (Locale) null,
                "modelled, error %s: %s, %.2f W idle to %.2f W at full load of %s processors%s; %s",
                model.error(),
                model.model(),
                model.idleWatts(),
                model.fullWatts(),
                model.cpus() == Math.rint(model.cpus()) ? "" + (long) model.cpus() : "" + model.cpus(),
                model.memoryWatts() == 0 ? "" : String.format((Locale) null, ", memory %.2f W", model.memoryWatts()),
                model.source());
    }

    /** The devices, by how their energy is known. */
    static String domains(List<DomainMeter> domains) {
        if (domains.isEmpty()) {
            return "nothing: no source of energy can be read here";
        }
        Map<Quality, List<String>> devices = new TreeMap<>();
        for (DomainMeter domain : domains) {
            devices.computeIfAbsent(domain.domain().quality(), quality -> new ArrayList<>())
                    .add(domain.domain().device());
        }
        List<String> parts = new ArrayList<>();
        devices.forEach((quality, names) -> parts.add(String.join(", ", names) + " (" + quality.tag() + ")"));
        return String.join(", ", parts);
    }
}
