/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.source.ProcessorPart;

/**
 * A zone that was selected for metering.
 *
 * @param zone the zone
 * @param part the part whose energy it counts
 */
record MeteredZone(Zone zone, ProcessorPart part) {

    static MeteredZone ofPackage(Zone zone) {
        return of(zone, Component.CPU, zone);
    }

    static MeteredZone ofMemory(Zone dram, Zone owner) {
        return of(dram, Component.DRAM, owner);
    }

    private static MeteredZone of(Zone zone, Component component, Zone owner) {
        return new MeteredZone(zone, new ProcessorPart(component, owner.packageNumber(), owner.dieNumber()));
    }

    String device() {
        return part.label();
    }

    EnergyDomain domain(String processorName) {
        boolean named = part.component() == Component.CPU && !processorName.isEmpty();
        return new EnergyDomain(
                part.component(),
                device(),
                named ? processorName : zone.name(),
                "",
                Quality.COUNTER,
                Scope.MACHINE,
                zone.directory().toString(),
                new Sensor.Counter(zone.rangeMicrojoules()).withLimit(zone.limitMicrowatts()));
    }
}
