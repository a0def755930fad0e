/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.perf;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import dev.wattle.probes.source.ProcessorPart;

/**
 * A counter that can be opened: an event on the processor that reads it for its package.
 *
 * @param part the part whose energy it counts
 * @param event the event
 * @param cpu the processor that reads it
 */
record PackageCounter(ProcessorPart part, PowerEvent event, int cpu) {
    /** {@code .../events/energy-pkg on CPU 32}. */
    String place() {
        return event.file() + " on CPU " + cpu;
    }

    /** The kernel unwraps the counter to 64 bits, so one that decreases has started again. */
    EnergyDomain domain(String processorName) {
        boolean named = part.component() == Component.CPU && !processorName.isEmpty();
        return new EnergyDomain(
                part.component(),
                part.label(),
                named ? processorName : part.label(),
                "",
                Quality.COUNTER,
                Scope.MACHINE,
                place(),
                new Sensor.Counter(0));
    }
}
