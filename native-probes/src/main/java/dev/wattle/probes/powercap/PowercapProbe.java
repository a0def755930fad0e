/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.Pause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the energy counters that Linux shows for Intel (RAPL) and AMD processors, in microjoules.
 *
 * <p>Every counter's file stays open; a reading allocates nothing. A counter that cannot be read is failed and its file
 * opened anew when it is next wanted. One whose file is gone, as that of a package taken offline, is lost: when it is
 * back it may have begun anew, lower or higher. Used by one thread.
 */
public final class PowercapProbe implements EnergyProbe {
    /** Room for any 64-bit counter and its line end. */
    static final int CAPACITY = 32;

    /** Many times the millisecond after which a live counter has moved. */
    private static final long PAUSE_MILLIS = 50;

    private final List<EnergyDomain> domains;
    private final List<Path> files;
    private final List<Path> ranges;
    private final KernelFile[] counters;

    private PowercapProbe(List<EnergyDomain> domains, List<Path> files, List<Path> ranges) {
        this.domains = domains;
        this.files = files;
        this.ranges = ranges;
        this.counters =
                files.stream().map(file -> new KernelFile(file, CAPACITY)).toArray(KernelFile[]::new);
    }

    static PowercapProbe of(List<MeteredZone> zones, String processorName) {
        return new PowercapProbe(
                zones.stream().map(zone -> zone.domain(processorName)).toList(),
                zones.stream().map(zone -> zone.zone().energyFile()).toList(),
                zones.stream().map(zone -> zone.zone().rangeFile()).toList());
    }

    /**
     * Looks for zones and tries each once; takes up to {@value #PAUSE_MILLIS} ms where some look odd.
     *
     * @param root the tree, {@code /sys/class/powercap} or a copy or mount of it
     * @param processorName the processors' product name, empty where unknown
     */
    public static Findings find(Path root, String processorName) {
        return new PowercapSearch(root, () -> Pause.ofMillis(PAUSE_MILLIS)).find(processorName);
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
        if (microjoules >= 0) {
            into.counter(domain, before, after, microjoules);
        } else {
            counter.close();
            missed(domain, into);
        }
    }

    private void missed(int domain, Readings into) {
        Path file = files.get(domain);
        if (Files.exists(file)) {
            into.failed(domain);
        } else {
            into.lost(domain, file + " is gone");
        }
    }

    @Override
    public void close() {
        for (KernelFile counter : counters) {
            counter.close();
        }
    }
}
