/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The findings about powercap counters: which are missing, why, and how to fix it. */
final class PowercapNotes {
    private static final Fix CONTAINER = new Fix(
            "in a container, mount the host's counters and say where",
            "docker run -v /sys/devices/virtual/powercap:/host/powercap:ro"
                    + " -e WATTLE_POWERCAP_ROOT=/host/powercap IMAGE");

    private static final Fix REWRITE = new Fix(
            "where a program copies the counters into these files, have it write whole numbers of microjoules, each into"
                    + " a file next to it that it then renames",
            "printf '%s\\n' MICROJOULES > energy_uj.new && mv energy_uj.new energy_uj");

    private PowercapNotes() {}

    /** No counter of a package exists or is visible. */
    static Finding noPackage(Path root, ZoneTree tree) {
        if (!tree.hidden().isEmpty()) {
            return new Finding(
                    ProbeKind.POWERCAP,
                    root.toString(),
                    SourceState.REFUSED,
                    "Processor energy counters are hidden: " + tree.hidden().get(0)
                            + " cannot be looked into, as where a" + " container's runtime masks it.",
                    List.of(CONTAINER));
        }
        boolean board = tree.zones().stream().map(Zone::name).anyMatch("psys"::equals);
        return new Finding(
                ProbeKind.POWERCAP,
                root.toString(),
                SourceState.ABSENT,
                board
                        ? "No processor energy counters under " + root + " but psys, which is not metered: it holds the"
                                + " whole board, or what its maker put into it."
                        : "No processor energy counters under " + root + ", as in a virtual machine.",
                List.of(
                        new Fix("on the machine itself, load the kernel's driver", "sudo modprobe intel_rapl_msr"),
                        CONTAINER));
    }

    /**
     * Everything that should be metered is metered; names what was left out.
     *
     * @param unknown the names of unknown zones
     */
    static Finding metered(Path root, List<MeteredZone> mirrored, List<String> unknown) {
        String once = mirrored.isEmpty()
                ? ""
                : "Counted once: " + String.join(", ", labels(mirrored))
                        + (mirrored.size() == 1 ? " repeats" : " repeat")
                        + " the counter of the first die of the package.";
        String unmetered = unknown.isEmpty()
                ? ""
                : "Not metered, because it is not known what they hold: " + String.join(", ", unknown) + ".";
        return new Finding(
                ProbeKind.POWERCAP, root.toString(), SourceState.METERED, (once + " " + unmetered).strip(), List.of());
    }

    /** Zones whose files were empty, and which are metered anyway. */
    static Finding awaited(Path root, List<UnreadableZone> awaited) {
        return new Finding(
                ProbeKind.POWERCAP,
                root.toString(),
                SourceState.PARTLY,
                awaited.get(0).reason() + ". It is read again and again, and metered from its first number on.",
                List.of(REWRITE),
                labels(awaited.stream().map(UnreadableZone::zone).toList()));
    }

    /** One finding for all zones that cannot be read for the same cause. */
    static Finding unreadable(Path root, List<UnreadableZone> unreadable, SourceState state) {
        List<MeteredZone> missing =
                unreadable.stream().map(UnreadableZone::zone).toList();
        UnreadableZone first = unreadable.get(0);
        return new Finding(
                ProbeKind.POWERCAP,
                root.toString(),
                state,
                first.reason() + "." + explanation(first.cause()),
                remedies(first.cause(), missing),
                labels(missing));
    }

    private static String explanation(UnreadableZone.Cause cause) {
        return switch (cause) {
            case FORBIDDEN -> " Since Linux 5.10 only root may read it (CVE-2020-8694).";
            case NO_NUMBER -> " A counter is a whole number of microjoules in decimal digits.";
            case MISSING, TOO_MANY_FILES, BROKEN, EMPTY -> "";
        };
    }

    private static List<Fix> remedies(UnreadableZone.Cause cause, List<MeteredZone> missing) {
        return switch (cause) {
            case FORBIDDEN -> permission(missing);
            case MISSING -> List.of(CONTAINER);
            case TOO_MANY_FILES -> List.of(Fix.moreOpenFiles());
            case BROKEN -> List.of(new Fix("see what the kernel says", "sudo dmesg | grep -i -e rapl -e powercap"));
            case EMPTY, NO_NUMBER -> List.of(REWRITE);
        };
    }

    /** One finding for all zones whose counters stay at zero. */
    static Finding still(Path root, List<MeteredZone> still, SourceState state) {
        return new Finding(
                ProbeKind.POWERCAP,
                root.toString(),
                state,
                still.get(0).zone().energyFile() + " stands at zero and measures nothing, as in some virtual machines.",
                List.of(),
                labels(still));
    }

    private static List<Fix> permission(List<MeteredZone> missing) {
        List<Fix> remedies = new ArrayList<>(Fix.readableByAGroup(
                missing.stream().map(zone -> zone.zone().energyFile()).toList(),
                "70-powercap.rules",
                "SUBSYSTEM==\"powercap\"",
                List.of("/sys%p/energy_uj")));
        remedies.add(CONTAINER);
        return remedies;
    }

    private static List<String> labels(List<MeteredZone> zones) {
        return zones.stream().map(MeteredZone::device).toList();
    }
}
