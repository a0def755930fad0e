/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Readings;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.Pause;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads GPUs of AMD and Intel, the sockets of NVIDIA's Grace and the rails of its Jetson modules from the hardware monitors
 * of Linux: powers in microwatts, counters in microjoules.
 *
 * <p>All files stay open, and a reading does not allocate. A sleeping GPU is never woken; it is silent. If a sensor cannot
 * be read, for example because it was unplugged, the reading fails and the next one opens its file again. Used by one
 * thread.
 */
public final class HwmonProbe implements EnergyProbe {
    /** Room for any 64-bit number and its line end, and for any state of a device. */
    static final int CAPACITY = 32;

    /** Each reading is a message to the device's firmware. Ten a second are enough for powers, and counters lose nothing. */
    private static final long PERIOD_NANOS = 100_000_000;

    private static final long[] PAUSES_MILLIS = {2, 8};

    /** The sampling thread waits for sensors at most this fraction of its time: one in {@value}. */
    private static final int WAITING_PART = 4;

    private final List<EnergyDomain> domains;
    private final List<Channel> channels;
    private final DomainReader[] readers;
    private final long minPeriodNanos;

    private HwmonProbe(List<Channel> channels, List<DomainReader> readers, long minPeriodNanos) {
        this.channels = channels;
        this.domains = channels.stream().map(Channel::domain).toList();
        this.readers = readers.toArray(DomainReader[]::new);
        this.minPeriodNanos = minPeriodNanos;
    }

    private static HwmonProbe of(List<Channel> channels) {
        long waitNanos = channels.stream().mapToLong(Channel::waitNanos).sum();
        return new HwmonProbe(
                channels,
                channels.stream().map(Channel::open).toList(),
                Math.max(PERIOD_NANOS, WAITING_PART * waitNanos));
    }

    /**
     * Searches monitors, selects those that overlap neither each other nor a processor's counter, and tries each once. The
     * caller closes the probe.
     *
     * @param root the monitors, {@code /sys/class/hwmon}
     * @param elsewhere what another source meters, which is not read here
     */
    public static Findings find(Path root, MeteredElsewhere elsewhere) {
        List<Monitor> monitors = MonitorTree.monitors(root);
        Selection selection = new Selection();
        AmdGpus.choose(monitors, selection);
        IntelGpus.choose(monitors, selection);
        NouveauGpus.choose(monitors, selection);
        GraceSockets.choose(monitors, elsewhere, selection);
        JetsonRails.choose(monitors, elsewhere, selection);

        List<Finding> findings = new ArrayList<>();
        List<Channel> readable = new ArrayList<>();
        Map<Channel, String> reasons = whyUnreadable(selection.channels());
        for (Channel channel : selection.channels()) {
            String reason = reasons.get(channel);
            if (reason == null) {
                readable.add(channel);
                findings.add(HwmonNotes.metered(channel, channel.isAsleep()));
            } else {
                findings.add(HwmonNotes.unreadable(channel, reason));
            }
        }
        findings.addAll(selection.leftOut());
        UnknownMonitors.among(monitors).ifPresent(findings::add);
        if (findings.isEmpty()) {
            return Findings.nothing(HwmonNotes.nothingThere(root));
        }
        return new Findings(readable.isEmpty() ? Optional.empty() : Optional.of(of(readable)), findings);
    }

    /** Whether a domain is a processor that shares a module with a GPU, or a part of it. */
    public static boolean isSocketOfModule(EnergyDomain domain) {
        return domain.device().startsWith(GraceSockets.DEVICE);
    }

    /** Whether a domain is a rail of a Jetson. */
    public static boolean isRail(EnergyDomain domain) {
        return domain.device().startsWith(JetsonRails.DEVICE);
    }

    /** Whether a domain is the input of a Jetson module, its GPU included. */
    public static boolean isInputOfModule(EnergyDomain domain) {
        return JetsonRails.isInput(domain.device());
    }

    /** Tries all failing sensors again: one may have no value for a moment, while its device is set up. */
    private static Map<Channel, String> whyUnreadable(List<Channel> channels) {
        Map<Channel, String> reasons = new HashMap<>();
        List<Channel> failing = channels;
        for (int round = 0; round <= PAUSES_MILLIS.length && !failing.isEmpty(); round++) {
            if (round > 0) {
                Pause.ofMillis(PAUSES_MILLIS[round - 1]);
            }
            reasons.clear();
            failing.forEach(channel ->
                    ChannelDetector.whyUnreadable(channel).ifPresent(reason -> reasons.put(channel, reason)));
            failing = failing.stream().filter(reasons::containsKey).toList();
        }
        return reasons;
    }

    @Override
    public String name() {
        return "hwmon";
    }

    @Override
    public List<EnergyDomain> domains() {
        return domains;
    }

    @Override
    public long minPeriodNanos() {
        return minPeriodNanos;
    }

    @Override
    public void read(Readings into) {
        for (int domain = 0; domain < readers.length; domain++) {
            if (into.wants(domain)) {
                readers[domain].read(domain, into);
            }
        }
    }

    @Override
    public void close() {
        for (DomainReader reader : readers) {
            reader.close();
        }
    }
}
