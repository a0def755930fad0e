/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the energy counters that Linux shows for Intel (RAPL) and AMD processors, in microjoules.
 *
 * <p>Every counter's file stays open; a reading allocates nothing. A counter that cannot be read is failed and its file
 * opened anew when it is next wanted. Used by one thread.
 */
public final class PowercapProbe implements EnergyProbe {
    /** Room for any 64-bit counter and its line end. */
    static final int CAPACITY = 32;

    private static final int ATTEMPTS = 3;

    private final List<EnergyDomain> domains;
    private final KernelFile[] counters;

    private final List<Path> ranges;

    private PowercapProbe(List<EnergyDomain> domains, List<Path> files, List<Path> ranges) {
        this.domains = domains;
        this.counters =
                files.stream().map(file -> new KernelFile(file, CAPACITY)).toArray(KernelFile[]::new);
        this.ranges = ranges;
    }

    private static PowercapProbe of(List<MeteredZone> zones, String processorName) {
        return new PowercapProbe(
                zones.stream().map(zone -> zone.domain(processorName)).toList(),
                zones.stream().map(zone -> zone.zone().energyFile()).toList(),
                zones.stream().map(zone -> zone.zone().rangeFile()).toList());
    }

    /**
     * Looks for zones and tries each once.
     *
     * @param root the tree, {@code /sys/class/powercap} or a copy or mount of it
     * @param processorName the processors' product name, empty where unknown
     */
    public static Findings find(Path root, String processorName) {
        List<MeteredZone> chosen = new ZoneSelection(ZoneTree.zones(root)).zones();
        if (chosen.isEmpty()) {
            return Findings.nothing(PowercapNotes.nothingThere(root));
        }
        List<Finding> findings = new ArrayList<>();
        List<MeteredZone> readable = new ArrayList<>(chosen);
        List<MeteredZone> mirrored = MirroredDies.in(chosen);
        readable.removeAll(mirrored);
        List<UnreadableZone> unreadable = unreadable(readable);
        readable.removeAll(unreadable.stream().map(UnreadableZone::zone).toList());
        if (readable.stream().noneMatch(zone -> zone.component() == Component.CPU)) {
            // Where no processor can be read a model stands in, and that holds the memory.
            readable.clear();
        }
        if (!readable.isEmpty()) {
            findings.add(PowercapNotes.metered(root, mirrored));
        }
        if (!unreadable.isEmpty()) {
            findings.add(PowercapNotes.unreadable(root, unreadable, readable));
        }
        return new Findings(readable.isEmpty() ? Optional.empty() : Optional.of(of(readable, processorName)), findings);
    }

    @Override
    public String name() {
        return "powercap";
    }

    @Override
    public List<EnergyDomain> domains() {
        return domains;
    }

    /** Reads the counters' ranges: files of the same shape that the kernel answers without asking the processor. */
    @Override
    public Optional<EnergyProbe> standIn() {
        return Optional.of(new PowercapProbe(domains, ranges, List.of()));
    }

    @Override
    public void read(Readings into) {
        for (int domain = 0; domain < counters.length; domain++) {
            if (into.wants(domain)) {
                read(domain, into);
            }
        }
    }

    private void read(int domain, Readings into) {
        KernelFile counter = counters[domain];
        long before = into.nanoTime();
        long microjoules = counter.refresh() ? counter.onlyNumber() : KernelFile.NONE;
        long after = into.nanoTime();
        if (microjoules < 0) {
            counter.close();
            into.failed(domain);
        } else {
            into.counter(domain, before, after, microjoules);
        }
    }

    @Override
    public void close() {
        for (KernelFile counter : counters) {
            counter.close();
        }
    }

    private static List<UnreadableZone> unreadable(List<MeteredZone> zones) {
        List<UnreadableZone> unreadable = new ArrayList<>();
        for (MeteredZone zone : zones) {
            whyUnreadable(zone).ifPresent(reason -> unreadable.add(new UnreadableZone(zone, reason)));
        }
        return unreadable;
    }

    /** A file that something else writes anew, as a guest's copy of its host's counters, may be met empty: tried again. */
    private static Optional<String> whyUnreadable(MeteredZone zone) {
        String reason = "it holds no number";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (KernelFile file = new KernelFile(zone.zone().energyFile(), CAPACITY)) {
                file.tryRefresh();
                if (file.onlyNumber() >= 0) {
                    return Optional.empty();
                }
            } catch (IOException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        return Optional.of(reason);
    }
}
