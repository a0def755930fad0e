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
 * <p>Every counter's file stays open; a reading allocates nothing. A counter that cannot be read is failed and its file
 * opened anew when it is next wanted. Used by one thread.
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
     * Looks for zones and tries each once; takes up to 100 ms where some look odd, and 0.6 s where
     * all files are there and empty.
     *
     * @param root the tree, {@code /sys/class/powercap} or a copy or mount of it
     * @param processorName the processors' product name, empty where unknown
     */
    public static Findings find(Path root, String processorName) {
        return find(root, processorName, List.of());
    }

    /**
     * As {@link #find(Path, String)}, and counts the energy of what is found from an earlier reading on.
     *
     * @param early what counters showed before, those of zones that are not metered among them
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
