/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.snapshot;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.FrameworkTable;
import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.MeterThreads;
import dev.wattle.core.sampling.ProcessShare;
import dev.wattle.core.sampling.UnansweredSource;
import dev.wattle.core.snapshot.DeviceSnapshot.ShareReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a run at one moment. The energies of the devices add up to the run's, in whole microjoules.
 *
 * @param wallNanos the time since the JVM was asked to be metered
 * @param devices those of this run that were read at least once
 * @param others accelerators that other programs use; in no total
 * @param unread the devices that never answered
 * @param processMicrojoules this JVM's share of the processors' and of the accelerators' energy, by quality; without the
 *     component where it is unknown
 * @param iterations by framework, for the frameworks that were there
 * @param meterCpuNanos processor time of the meter's threads, or {@link MeterThreads#UNKNOWN}
 * @param meterStartCpuNanos how much of that starting took, or {@link MeterThreads#UNKNOWN}
 * @param ticks how often the probes were read
 * @param missedTicks how many readings were due and did not happen
 * @param periodNanos the time between two readings
 * @param training what is known of its trainings
 * @param unanswered the sources that do not answer, or did not at the end
 */
public record RunSnapshot(
        RunIdentity run,
        CarbonSettings carbon,
        long wallNanos,
        List<DeviceSnapshot> devices,
        List<DeviceSnapshot> others,
        List<String> unread,
        Map<Component, Map<Quality, Long>> processMicrojoules,
        Map<Framework, Long> iterations,
        long meterCpuNanos,
        long meterStartCpuNanos,
        long ticks,
        long missedTicks,
        long periodNanos,
        TrainingsSnapshot training,
        List<UnansweredSource> unanswered) {

    /** Of a run all of whose sources answer. */
    public RunSnapshot(
            RunIdentity run,
            CarbonSettings carbon,
            long wallNanos,
            List<DeviceSnapshot> devices,
            List<DeviceSnapshot> others,
            List<String> unread,
            Map<Component, Map<Quality, Long>> processMicrojoules,
            Map<Framework, Long> iterations,
            long meterCpuNanos,
            long meterStartCpuNanos,
            long ticks,
            long missedTicks,
            long periodNanos,
            TrainingsSnapshot training) {
        this(
                run,
                carbon,
                wallNanos,
                devices,
                others,
                unread,
                processMicrojoules,
                iterations,
                meterCpuNanos,
                meterStartCpuNanos,
                ticks,
                missedTicks,
                periodNanos,
                training,
                List.of());
    }

    /** Takes the figures as they stand. */
    public static RunSnapshot of(
            RunIdentity run,
            CarbonSettings carbon,
            long wallNanos,
            EnergyMeter meter,
            FrameworkTable frameworks,
            MeterThreads threads,
            TrainingsSnapshot training) {
        Map<Framework, Long> iterations = new EnumMap<>(Framework.class);
        for (Framework framework : frameworks.all()) {
            iterations.put(framework, training.snapshot().totals(framework).iterations());
        }
        List<DeviceSnapshot> known = meter.domains().stream()
                .filter(DomainMeter::isKnown)
                .filter(domain -> training == TrainingsSnapshot.NONE
                        || training.snapshot().microjoules().containsKey(domain.domain())
                        || !meter.isOurs(domain))
                .map(domain -> DeviceSnapshot.of(
                        domain,
                        training.snapshot().microjoules().getOrDefault(domain.domain(), domain.microjoules()),
                        meter.ownership(domain)))
                .toList();
        List<DeviceSnapshot> ours =
                known.stream().filter(DeviceSnapshot::isOurs).toList();
        return new RunSnapshot(
                run,
                carbon,
                wallNanos,
                ours,
                known.stream().filter(device -> !device.isOurs()).toList(),
                meter.domains().stream()
                        .filter(domain -> !domain.isKnown())
                        .map(domain -> domain.domain().device())
                        .toList(),
                processMicrojoules(meter, ours),
                iterations,
                threads.cpuNanos(),
                threads.startCpuNanos(),
                meter.ticks(),
                meter.missedTicks(),
                meter.periodNanos(),
                training,
                meter.unanswered());
    }

    /** The energy of all devices, in microjoules. */
    public long microjoules() {
        return devices.stream().mapToLong(DeviceSnapshot::microjoules).sum();
    }

    /** The energy of all devices known in the same way, in microjoules, by quality, best known first. */
    public Map<Quality, Long> microjoulesByQuality() {
        Map<Quality, Long> sums = new TreeMap<>();
        for (DeviceSnapshot device : devices) {
            sums.merge(device.domain().quality(), device.microjoules(), Long::sum);
        }
        return sums;
    }

    private static Map<Component, Map<Quality, Long>> processMicrojoules(EnergyMeter meter, List<DeviceSnapshot> ours) {
        Map<Component, Map<Quality, Long>> sums = new EnumMap<>(Component.class);
        meter.processShare()
                .filter(ProcessShare::isKnown)
                .ifPresent(share -> sums.put(Component.CPU, ofProcessors(share)));
        for (DeviceSnapshot device : ours) {
            device.share()
                    .ifPresent(share -> add(
                            sums.computeIfAbsent(device.domain().component(), component -> new TreeMap<>()),
                            device.domain().quality(),
                            share));
        }
        return sums;
    }

    private static void add(Map<Quality, Long> sums, Quality quality, ShareReport share) {
        if (share.wholeMicrojoules() > 0 || share.splitMicrojoules() == 0) {
            sums.merge(quality, share.wholeMicrojoules(), Long::sum);
        }
        if (share.splitMicrojoules() > 0) {
            sums.merge(Quality.MODELLED, share.splitMicrojoules(), Long::sum);
        }
    }

    private static Map<Quality, Long> ofProcessors(ProcessShare share) {
        Map<Quality, Long> sums = new TreeMap<>();
        List<DomainMeter> processors = share.processors();
        for (int i = 0; i < processors.size(); i++) {
            Quality quality = processors.get(i).domain().quality();
            sums.merge(quality, share.microjoules(i), Long::sum);
        }
        return sums;
    }
}
