/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.probes.source.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds monitors that report a power or an energy and are not known here, for a finding. */
final class UnknownMonitors {
    /** Other classes handle these, and report those that are not metered. */
    private static final Set<String> KNOWN = Set.of("amdgpu", "i915", "xe", "nouveau", "power_meter", "ina3221");

    /** A second view of what powercap counts. */
    private static final String AMD_PROCESSOR = "amd_energy";

    private static final List<String> POWERS =
            List.of("power1_input", "power1_average", "energy1_input", "power2_input", "energy2_input");

    private UnknownMonitors() {}

    /** One finding for all of them; empty if there are none. */
    static Optional<Finding> among(List<Monitor> monitors) {
        List<String> names = monitors.stream()
                .filter(monitor -> POWERS.stream().anyMatch(monitor::has))
                .filter(monitor -> !isKnown(monitor))
                .map(monitor ->
                        (monitor.name() + " " + JetsonRails.labelOf(monitor)).strip() + " at " + monitor.place())
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(HwmonNotes.unknownMonitors(monitors.get(0), names));
    }

    private static boolean isKnown(Monitor monitor) {
        String name = monitor.name();
        return KNOWN.contains(name)
                || name.startsWith("i915_gt")
                || name.equals(AMD_PROCESSOR)
                || JetsonRails.isOfTheBoard(monitor);
    }
}
