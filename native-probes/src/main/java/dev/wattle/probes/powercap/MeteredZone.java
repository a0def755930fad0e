/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;

/**
 * A zone chosen to be metered.
 *
 * @param zone where it is read
 * @param component processor or memory
 * @param device its label: {@code package-0}, {@code package-0-die-1}, {@code dram-0}
 * @param owner the package it is or belongs to
 */
record MeteredZone(Zone zone, Component component, String device, Zone owner) {

    static MeteredZone ofPackage(Zone zone) {
        return new MeteredZone(zone, Component.CPU, zone.name(), zone);
    }

    static MeteredZone ofMemory(Zone dram, Zone owner) {
        return new MeteredZone(dram, Component.DRAM, "dram" + owner.name().substring("package".length()), owner);
    }

    EnergyDomain domain(String processorName) {
        boolean named = component == Component.CPU && !processorName.isEmpty();
        return new EnergyDomain(
                component,
                device,
                named ? processorName : zone.name(),
                "",
                Quality.COUNTER,
                Scope.MACHINE,
                zone.directory().toString(),
                new Sensor.Counter(zone.rangeMicrojoules()));
    }
}
