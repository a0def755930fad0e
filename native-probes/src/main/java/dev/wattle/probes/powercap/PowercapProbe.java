/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.probe.EarlyReading;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.Pause;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the energy counters that Linux shows for Intel (RAPL) and AMD processors, in microjoules.
 *
 * <p>All files stay open, and a reading does not allocate. If a counter cannot be read, the reading fails, and the next one
 * opens its file again. Used by one thread.
 */
public final class PowercapProbe implements EnergyProbe {
    /** Room for any 64-bit counter and its line end. */
    static final int CAPACITY = 32;

    private final List<EnergyDomain> domains;
    private final ZoneReader[] counters;
    private List<Optional<EarlyReading>> early;

    private PowercapProbe(List<EnergyDomain> domains, List<ZoneReader> counters, List<Optional<EarlyReading>> early) {
        this.domains = domains;
        this.early = early;
        this.counters = counters.toArray(ZoneReader[]::new);
    }

    static PowercapProbe of(List<MeteredZone> zones, String processorName, EarlyCounters early) {
        return new PowercapProbe(
                zones.stream().map(zone -> zone.domain(processorName)).toList(),
                zones.stream()
                        .map(zone -> new ZoneReader(
                                zone.zone().counterFile(),
                                zone.zone().energyFile(),
                                zone.zone().name()))
                        .toList(),
                zones.stream().map(zone -> early.of(zone.zone().directory())).toList());
    }

    /**
     * Searches zones and tries each once. Takes up to 100 ms if some look suspicious, and 0.6 s if all files are empty.
     *
     * @param root the tree, {@code /sys/class/powercap} or a copy or mount of it
     * @param processorName the processors' product name, empty if unknown
     */
    public static Findings find(Path root, String processorName) {
        return find(root, processorName, List.of());
    }

    /**
     * Like {@link #find(Path, String)}, but the energy counts from an earlier reading.
     *
     * @param early earlier readings, including those of zones that are not metered
     */
    public static Findings find(Path root, String processorName, List<EarlyReading> early) {
        return new PowercapSearch(root, Pause::ofMillis).find(processorName, EarlyCounters.of(early));
    }

    @Override
    public String name() {
        return "powercap";
    }

    @Override
    public List<EnergyDomain> domains() {
        return domains;
    }

    @Override
    public void read(Readings into) {
        if (!early.isEmpty()) {
            handOver(into);
        }
        for (int domain = 0; domain < counters.length; domain++) {
            if (into.wants(domain)) {
                counters[domain].read(domain, into);
            }
        }
    }

    private void handOver(Readings into) {
        for (int domain = 0; domain < early.size(); domain++) {
            if (early.get(domain).isPresent()) {
                EarlyReading reading = early.get(domain).get();
                into.earlier(domain, reading.nanos(), reading.microjoules());
            }
        }
        early = List.of();
    }

    @Override
    public void close() {
        for (ZoneReader counter : counters) {
            counter.close();
        }
    }
}
