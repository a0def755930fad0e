/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The sentences a person reads when counters are missing: which, why, and the exact remedy. */
final class PowercapNotes {
    private PowercapNotes() {}

    static String nothingThere(Path root) {
        return "No processor energy counters under " + root + ". A virtual machine has none; in a container, mount the"
                + " host's /sys/devices/virtual/powercap elsewhere and set powercap-root to it; on the machine itself,"
                + " sudo modprobe intel_rapl_msr.";
    }

    static String mirrored(List<MeteredZone> mirrored) {
        return "Counted once: " + devices(mirrored) + " repeats the counter of the first die of its package.";
    }

    /** One note for all zones that cannot be read. */
    static String unreadable(List<UnreadableZone> unreadable, List<MeteredZone> readable) {
        List<MeteredZone> missing =
                unreadable.stream().map(UnreadableZone::zone).toList();
        UnreadableZone first = unreadable.get(0);
        String metered = readable.isEmpty()
                ? "No counter can be read"
                : "The energy of " + devices(missing) + " is missing from every total (only " + devices(readable)
                        + " can be read)";
        return metered + ": " + first.zone().zone().energyFile() + " cannot be read (" + first.reason()
                + "). Since Linux 5.10 only root may read it (CVE-2020-8694). To let the group 'power' read it until"
                + " the next boot: " + remedy(missing)
                + "; sudo usermod -aG power $USER, and log in anew; a tmpfiles or udev rule makes it last. In a container, mount the"
                + " host's /sys/devices/virtual/powercap at another path and set powercap-root to it.";
    }

    private static String remedy(List<MeteredZone> missing) {
        String files = missing.stream()
                .map(zone -> zone.zone().energyFile().toString())
                .collect(Collectors.joining(" "));
        return "sudo groupadd -f power; sudo chgrp power " + files + "; sudo chmod 0440 " + files;
    }

    private static String devices(List<MeteredZone> zones) {
        return zones.stream().map(MeteredZone::device).collect(Collectors.joining(", "));
    }
}
