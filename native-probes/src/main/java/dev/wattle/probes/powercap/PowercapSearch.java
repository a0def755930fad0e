/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Component;
import dev.wattle.probes.powercap.UnreadableZone.Cause;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.SourceState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Searches zones and tries each once. Reads zones twice that seem to count nothing, or the same as another.
 *
 * <p>For one search.
 */
final class PowercapSearch {
    /** A live counter changes many times in this time, once in a millisecond. */
    private static final long LOOK_TWICE_MILLIS = 50;

    /** A program that rewrites a file leaves it empty for microseconds, or until it gets a processor again. */
    private static final long[] PAUSES_MILLIS = {1, 2, 4, 8, 16, 19};

    /** Used while no processor can be read: nothing else is delayed, and otherwise the model would be used for the whole run. */
    private static final int LONG_PAUSES = 9;

    private static final long LONG_PAUSE_MILLIS = 50;

    private final Path root;
    private final LongConsumer pauseMillis;
    private List<MeteredZone> chosen = List.of();
    private final List<MeteredZone> counting = new ArrayList<>();
    private final List<MeteredZone> still = new ArrayList<>();
    private final List<UnreadableZone> unreadable = new ArrayList<>();
    private final List<UnreadableZone> awaited = new ArrayList<>();
    private final List<MeteredZone> mirrored = new ArrayList<>();

    /**
     * @param root the tree, {@code /sys/class/powercap} or a copy or mount of it
     * @param pauseMillis waits for a number of milliseconds
     */
    PowercapSearch(Path root, LongConsumer pauseMillis) {
        this.root = root;
        this.pauseMillis = pauseMillis;
    }

    /** @param processorName the processors' product name, empty if unknown */
    Findings find(String processorName) {
        return find(processorName, EarlyCounters.of(List.of()));
    }

    /** @param early readings from before the search */
    Findings find(String processorName, EarlyCounters early) {
        ZoneTree tree = ZoneTree.under(root);
        chosen = new ZoneSelection(tree.zones()).zones();
        if (chosen.isEmpty()) {
            return Findings.nothing(PowercapNotes.noPackage(root, tree));
        }
        tryAll(chosen);
        tryAgain();
        lookTwice();
        if (!countsAProcessor()) {
            // If no processor can be read, the model is used, which includes the memory.
            counting.clear();
        }
        awaitTheEmpty();
        return new Findings(
                counting.isEmpty() ? Optional.empty() : Optional.of(PowercapProbe.of(counting, processorName, early)),
                findings(tree));
    }

    private void tryAll(List<MeteredZone> zones) {
        for (MeteredZone zone : zones) {
            try (KernelFile file = KernelFile.ofPlainFile(zone.zone().energyFile(), PowercapProbe.CAPACITY)) {
                file.tryRefresh();
                long microjoules = file.onlyNumber();
                if (microjoules < 0) {
                    unreadable.add(UnreadableZone.holding(zone, file.trouble()));
                } else {
                    counting.add(zone);
                }
                if (microjoules == 0) {
                    still.add(zone);
                }
            } catch (IOException e) {
                unreadable.add(UnreadableZone.because(zone, e));
            }
        }
    }

    /** Tries again files that a program may be writing now, such as a guest's copy of its host's counters. */
    private void tryAgain() {
        for (int round = 0; round < PAUSES_MILLIS.length + LONG_PAUSES; round++) {
            boolean early = round < PAUSES_MILLIS.length;
            List<UnreadableZone> passing = unreadable.stream()
                    .filter(UnreadableZone::mayPass)
                    .filter(zone -> early || zone.cause() == Cause.EMPTY)
                    .toList();
            if (passing.isEmpty() || (!early && countsAProcessor())) {
                break;
            }
            pauseMillis.accept(early ? PAUSES_MILLIS[round] : LONG_PAUSE_MILLIS);
            unreadable.removeAll(passing);
            tryAll(passing.stream().map(UnreadableZone::zone).toList());
        }
        counting.sort(Comparator.comparingInt(chosen::indexOf));
        still.sort(Comparator.comparingInt(chosen::indexOf));
    }

    private boolean countsAProcessor() {
        return counting.stream().anyMatch(zone -> zone.part().component() == Component.CPU);
    }

    /** Keeps zones whose files are still empty: they are metered from their first number on. */
    private void awaitTheEmpty() {
        if (counting.isEmpty()) {
            return;
        }
        for (UnreadableZone zone : List.copyOf(unreadable)) {
            if (zone.cause() == Cause.EMPTY) {
                unreadable.remove(zone);
                awaited.add(zone);
                counting.add(zone.zone());
            }
        }
        counting.sort(Comparator.comparingInt(chosen::indexOf));
    }

    private void lookTwice() {
        List<MeteredZone> alike = MirroredDies.in(counting);
        if (still.isEmpty() && alike.isEmpty()) {
            return;
        }
        pauseMillis.accept(LOOK_TWICE_MILLIS);
        still.removeIf(PowercapSearch::hasMoved);
        counting.removeAll(still);
        alike.retainAll(MirroredDies.in(counting));
        counting.removeAll(alike);
        mirrored.addAll(alike);
    }

    private List<Finding> findings(ZoneTree tree) {
        List<Finding> findings = new ArrayList<>();
        if (!counting.isEmpty()) {
            findings.add(PowercapNotes.metered(root, mirrored, tree.unknown()));
        }
        if (!awaited.isEmpty()) {
            findings.add(PowercapNotes.awaited(root, awaited));
        }
        for (Cause cause : Cause.values()) {
            List<UnreadableZone> alike =
                    unreadable.stream().filter(zone -> zone.cause() == cause).toList();
            if (!alike.isEmpty()) {
                findings.add(PowercapNotes.unreadable(root, alike, missingState()));
            }
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
        try (KernelFile file = KernelFile.ofPlainFile(zone.zone().energyFile(), PowercapProbe.CAPACITY)) {
            return file.refresh() && file.onlyNumber() > 0;
        }
    }
}
