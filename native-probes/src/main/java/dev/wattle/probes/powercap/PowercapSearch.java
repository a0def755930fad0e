/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Component;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.SourceState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for zones, tries each once, and looks twice at those that seem to count nothing or what another counts.
 *
 * <p>For one search.
 */
final class PowercapSearch {
    private static final int ATTEMPTS = 3;

    private final Path root;
    private final Runnable pause;
    private final List<MeteredZone> counting = new ArrayList<>();
    private final List<MeteredZone> still = new ArrayList<>();
    private final List<UnreadableZone> unreadable = new ArrayList<>();
    private final List<MeteredZone> mirrored = new ArrayList<>();

    /**
     * @param root the tree, {@code /sys/class/powercap} or a copy or mount of it
     * @param pause waits for so long that a live counter moves
     */
    PowercapSearch(Path root, Runnable pause) {
        this.root = root;
        this.pause = pause;
    }

    /** @param processorName the processors' product name, empty where unknown */
    Findings find(String processorName) {
        ZoneTree tree = ZoneTree.under(root);
        List<MeteredZone> chosen = new ZoneSelection(tree.zones()).zones();
        if (chosen.isEmpty()) {
            return Findings.nothing(PowercapNotes.noPackage(root, tree));
        }
        chosen.forEach(this::tryOnce);
        lookTwice();
        if (counting.stream().noneMatch(zone -> zone.part().component() == Component.CPU)) {
            // Where no processor can be read a model stands in, and that holds the memory.
            counting.clear();
        }
        return new Findings(
                counting.isEmpty() ? Optional.empty() : Optional.of(PowercapProbe.of(counting, processorName)),
                findings());
    }

    /** A file that something else writes anew, as a guest's copy of its host's counters, may be met empty: tried again. */
    private void tryOnce(MeteredZone zone) {
        String reason = "it holds no number";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                long microjoules = microjoules(zone);
                if (microjoules >= 0) {
                    counting.add(zone);
                    if (microjoules == 0) {
                        still.add(zone);
                    }
                    return;
                }
            } catch (IOException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        unreadable.add(new UnreadableZone(zone, reason));
    }

    private void lookTwice() {
        List<MeteredZone> alike = MirroredDies.in(counting);
        if (still.isEmpty() && alike.isEmpty()) {
            return;
        }
        pause.run();
        still.removeIf(PowercapSearch::hasMoved);
        counting.removeAll(still);
        alike.retainAll(MirroredDies.in(counting));
        counting.removeAll(alike);
        mirrored.addAll(alike);
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (!counting.isEmpty()) {
            findings.add(PowercapNotes.metered(root, mirrored));
        }
        if (!unreadable.isEmpty()) {
            findings.add(PowercapNotes.unreadable(root, unreadable, missingState()));
        }
        if (!still.isEmpty()) {
            findings.add(PowercapNotes.still(root, still, missingState()));
        }
        return findings;
    }

    private SourceState missingState() {
        return counting.isEmpty() ? SourceState.REFUSED : SourceState.PARTLY;
    }

    private static boolean hasMoved(MeteredZone zone) {
        try {
            return microjoules(zone) > 0;
        } catch (IOException gone) {
            return false;
        }
    }

    private static long microjoules(MeteredZone zone) throws IOException {
        try (KernelFile file = new KernelFile(zone.zone().energyFile(), PowercapProbe.CAPACITY)) {
            file.tryRefresh();
            return file.onlyNumber();
        }
    }
}
