/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.probes.source.Findings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Reads the energy counters of Intel (RAPL) and AMD processors through perf events.
 *
 * <p>All events stay open. Reading one is one system call and does not allocate. An event that has ended is lost; the next
 * reading opens a new one, which starts at zero. Used by one thread.
 */
public final class PerfProbe implements EnergyProbe {
    private final KernelCalls kernel;
    private final List<EnergyDomain> domains;
    private final OpenCounter[] counters;

    PerfProbe(KernelCalls kernel, List<OpenCounter> counters, String processorName) {
        this.kernel = kernel;
        this.domains = counters.stream()
                .map(counter -> counter.counter().domain(processorName))
                .toList();
        this.counters = counters.toArray(OpenCounter[]::new);
    }

    /**
     * Searches the counters that no other source meters, and opens them. Waits up to 50 ms for the first to change.
     *
     * @param eventSourceRoot {@code /sys/bus/event_source/devices}
     * @param cpuRoot {@code /sys/devices/system/cpu}
     * @param procRoot {@code /proc}, which names the processors
     * @param metered the sockets that are already metered, as {@link dev.wattle.probes.source.ProcessorPart#socketOf} names them
     */
    public static Findings find(Path eventSourceRoot, Path cpuRoot, Path procRoot, Set<String> metered) {
        return new PerfSearch(eventSourceRoot, cpuRoot, procRoot).find(metered);
    }

    @Override
    public String name() {
        return "perf";
    }

    @Override
    public List<EnergyDomain> domains() {
        return domains;
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
        OpenCounter counter = counters[domain];
        if (!counter.open()) {
            into.lost(domain, counter.trouble());
            return;
        }
        long before = into.nanoTime();
        long count = counter.read(before);
        long after = into.nanoTime();
        if (count < 0) {
            into.lost(domain, counter.trouble());
        } else {
            into.counter(domain, before, after, counter.microjoules(count));
        }
    }

    @Override
    public void close() {
        for (OpenCounter counter : counters) {
            counter.close();
        }
        kernel.close();
    }
}
