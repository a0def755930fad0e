/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.sampling.DomainMeter;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.sampling.ProcessShare;
import dev.wattle.core.training.Framework;
import dev.wattle.core.training.IterationCounts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a run at one moment. The energies of the devices add up to the run's, in whole microjoules.
 *
 * @param wallNanos the time since the JVM was asked to be metered
 * @param devices those that were read at least once
 * @param unread the devices that never answered
 * @param processMicrojoules this JVM's share of the processors' energy, by quality; empty where unknown
 * @param iterations by framework, for the frameworks that were there
 * @param meterCpuNanos processor time of the meter's threads, or {@link MeterThreads#UNKNOWN}
 * @param meterStartCpuNanos how much of that starting took, or {@link MeterThreads#UNKNOWN}
 * @param ticks how often the probes were read
 * @param missedTicks how many readings were due and did not happen
 * @param periodNanos the time between two readings
 */
public record RunReport(
        RunIdentity run,
        CarbonSettings carbon,
        long wallNanos,
        List<DeviceReport> devices,
        List<String> unread,
        Map<Quality, Long> processMicrojoules,
        Map<Framework, Long> iterations,
        long meterCpuNanos,
        long meterStartCpuNanos,
        long ticks,
        long missedTicks,
        long periodNanos) {

    /** Takes the figures as they stand. */
    public static RunReport of(
            RunIdentity run,
            CarbonSettings carbon,
            long wallNanos,
            EnergyMeter meter,
            IterationCounts counts,
            MeterThreads threads) {
        Map<Framework, Long> iterations = new EnumMap<>(Framework.class);
        for (Framework framework : counts.frameworks()) {
            iterations.put(framework, counts.iterations(framework));
        }
        return new RunReport(
                run,
                carbon,
                wallNanos,
                meter.domains().stream()
                        .filter(DomainMeter::isKnown)
                        .map(DeviceReport::of)
                        .toList(),
                meter.domains().stream()
                        .filter(domain -> !domain.isKnown())
                        .map(domain -> domain.domain().device())
                        .toList(),
                meter.processShare().map(RunReport::byQuality).orElse(Map.of()),
                iterations,
                threads.cpuNanos(),
                threads.startCpuNanos(),
                meter.ticks(),
                meter.missedTicks(),
                meter.periodNanos());
    }

    /** The energy of all devices, in microjoules. */
    public long microjoules() {
        return devices.stream().mapToLong(DeviceReport::microjoules).sum();
    }

    /** The energy of all devices known in the same way, in microjoules, by quality, best known first. */
    public Map<Quality, Long> microjoulesByQuality() {
        Map<Quality, Long> sums = new TreeMap<>();
        for (DeviceReport device : devices) {
            sums.merge(device.domain().quality(), device.microjoules(), Long::sum);
        }
        return sums;
    }

    private static Map<Quality, Long> byQuality(ProcessShare share) {
        Map<Quality, Long> sums = new TreeMap<>();
        if (share.isKnown()) {
            for (int i = 0; i < share.processors().size(); i++) {
                Quality quality = share.processors().get(i).domain().quality();
                sums.merge(quality, share.microjoules(i), Long::sum);
            }
        }
        return sums;
    }
}
