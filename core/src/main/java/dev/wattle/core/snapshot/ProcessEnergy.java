/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.snapshot;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.sampling.EnergyMeter;
import dev.wattle.core.sampling.ProcessShare;
import dev.wattle.core.snapshot.DeviceSnapshot.ShareReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up this JVM's share of the devices' energy, by component and quality. */
final class ProcessEnergy {

    private ProcessEnergy() {}

    /** In microjoules; without a component whose share is unknown. */
    static Map<Component, Map<Quality, Long>> microjoules(EnergyMeter meter, List<DeviceSnapshot> devices) {
        Map<Component, Map<Quality, Long>> sums = new EnumMap<>(Component.class);
        meter.processShare()
                .filter(ProcessShare::isKnown)
                .ifPresent(share -> sums.put(Component.CPU, ofProcessors(share)));
        for (DeviceSnapshot device : devices) {
            device.share()
                    .ifPresent(share -> add(
                            sums.computeIfAbsent(device.domain().component(), component -> new TreeMap<>()),
                            device.domain().quality(),
                            share));
        }
        return sums;
    }

    /** The part by splitting a device is modelled, whatever the quality of the device's energy. */
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
