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
 * @param part whose energy it counts
 * @param event which event
 * @param cpu on which processor
 */
record PackageCounter(ProcessorPart part, PowerEvent event, int cpu) {
    /** PERF_TYPE_SOFTWARE and its PERF_COUNT_SW_CPU_CLOCK (linux/perf_event.h). */
    private static final int SOFTWARE = 1;

    private static final int CPU_CLOCK = 0;

    /** {@code .../events/energy-pkg on CPU 32}. */
    String place() {
        return event.file() + " on CPU " + cpu;
    }

    /** The clock of the same processor in its place. */
    PackageCounter clock() {
        return new PackageCounter(
                part, new PowerEvent(event.component(), event.file(), SOFTWARE, CPU_CLOCK, event.unit()), cpu);
    }

    /** The kernel unwraps the counter, 64 bits wide: one that falls has begun anew. */
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
