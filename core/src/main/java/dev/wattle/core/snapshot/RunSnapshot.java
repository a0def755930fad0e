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
import dev.wattle.core.sampling.UnansweredSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a run at one moment. Immutable. The energies of the devices add up to the run's, in whole microjoules.
 *
 * @param run which run it is
 * @param carbon how energy is converted to CO2e
 * @param wallNanos the time since the agent started in the JVM, in nanoseconds
 * @param devices the run's devices that were read at least once
 * @param others accelerators that other programs use; in no total
 * @param unread names of the devices that never responded
 * @param processMicrojoules this JVM's share of the processors' and accelerators' energy, by component and quality; without
 *     a component whose share is unknown
 * @param iterations by framework, for the frameworks in this JVM
 * @param meterCpuNanos processor time of the meter's threads, or {@link MeterThreads#UNKNOWN}
 * @param meterStartCpuNanos the part of that for the meter's start, or {@link MeterThreads#UNKNOWN}
 * @param ticks the number of times the probes were read
 * @param missedTicks the number of readings that were due and did not happen
 * @param periodNanos the time between two readings
 * @param trainings the run's trainings
 * @param unanswered the sources that do not respond now, or did not at the end
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
        TrainingsSnapshot trainings,
        List<UnansweredSource> unanswered) {

    /** Makes a snapshot of the meter and the trainings. */
    public static RunSnapshot of(
            RunIdentity run,
            CarbonSettings carbon,
            long wallNanos,
            EnergyMeter meter,
            FrameworkTable frameworks,
            MeterThreads threads,
            TrainingsSnapshot trainings) {
        Map<Framework, Long> iterations = new EnumMap<>(Framework.class);
        for (Framework framework : frameworks.all()) {
            iterations.put(framework, trainings.snapshot().totals(framework).iterations());
        }
        List<DeviceSnapshot> known = meter.domains().stream()
                .filter(DomainMeter::isKnown)
                .filter(domain -> trainings == TrainingsSnapshot.NONE
                        || trainings.snapshot().microjoules().containsKey(domain.domain())
                        || !meter.isOurs(domain))
                .map(domain -> DeviceSnapshot.of(
                        domain,
                        trainings.snapshot().microjoules().getOrDefault(domain.domain(), domain.microjoules()),
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
                ProcessEnergy.microjoules(meter, ours),
                iterations,
                threads.cpuNanos(),
                threads.startCpuNanos(),
                meter.ticks(),
                meter.missedTicks(),
                meter.periodNanos(),
                trainings,
                meter.unanswered());
    }

    /** The energy of all devices, in microjoules. */
    public long microjoules() {
        return devices.stream().mapToLong(DeviceSnapshot::microjoules).sum();
    }

    /** The CO2e of all devices, in grams: each part of their energy at the intensity that applied. */
    public double gramsCo2e() {
        if (carbon.history().isConstant()) {
            return carbon.gramsCo2e(microjoules());
        }
        double sum = 0;
        for (DeviceSnapshot device : devices) {
            sum += carbon.gramsCo2e(device.domain(), device.microjoules());
        }
        return sum;
    }

    /** The energy of all devices by quality, in microjoules, best quality first. */
    public Map<Quality, Long> microjoulesByQuality() {
        Map<Quality, Long> sums = new TreeMap<>();
        for (DeviceSnapshot device : devices) {
            sums.merge(device.domain().quality(), device.microjoules(), Long::sum);
        }
        return sums;
    }
}
