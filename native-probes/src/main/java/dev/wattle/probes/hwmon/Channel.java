/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A sensor that was selected for metering.
 *
 * @param domain the domain it measures
 * @param monitor the monitor that has its files
 * @param inputs the file of its counter or power, or the two of a rail's voltage and current
 * @param runtimeStatus the file that shows whether its device sleeps; empty if it never sleeps
 * @param waitNanos how long a reading waits for the sensor
 * @param remark what the user should know of it, in whole sentences; may be empty
 */
record Channel(
        EnergyDomain domain,
        Monitor monitor,
        List<Path> inputs,
        Optional<Path> runtimeStatus,
        long waitNanos,
        String remark) {

    /** A GPU's counter or power. */
    static Channel ofGpu(
            Monitor gpu, String device, String name, String uuid, Path input, Sensor sensor, String remark) {
        return new Channel(
                domain(Component.GPU, device, name, uuid, input, sensor),
                gpu,
                List.of(input),
                Optional.of(gpu.runtimeStatus()),
                0,
                remark);
    }

    /** The power of a socket or a part of it, which never sleeps. */
    static Channel ofSocket(Monitor meter, String device, String name, Path power, Sensor sensor, String remark) {
        return new Channel(
                domain(Component.CPU, device, name, "", power, sensor),
                meter,
                List.of(power),
                Optional.empty(),
                0,
                remark);
    }

    /** A rail's voltage and current. */
    static Channel ofRail(
            Monitor chip,
            Component component,
            String device,
            String name,
            List<Path> inputs,
            long waitNanos,
            String remark) {
        return new Channel(
                domain(component, device, name, "", inputs.get(0), new Sensor.Power(0, true)),
                chip,
                inputs,
                Optional.empty(),
                waitNanos,
                remark);
    }

    private static EnergyDomain domain(
            Component component, String device, String name, String uuid, Path input, Sensor sensor) {
        Quality quality = sensor instanceof Sensor.Counter ? Quality.COUNTER : Quality.INTEGRATED;
        return new EnergyDomain(component, device, name, uuid, quality, Scope.MACHINE, input.toString(), sensor);
    }

    DomainReader open() {
        if (inputs.size() == 2) {
            return new RailReader(inputs.get(0), inputs.get(1));
        }
        RuntimeStatus status = new RuntimeStatus(runtimeStatus);
        return domain.sensor() instanceof Sensor.Counter
                ? ValueReader.ofCounter(status, inputs.get(0))
                : ValueReader.ofPower(status, inputs.get(0));
    }

    boolean isAsleep() {
        return runtimeStatus.isPresent() && monitor.isAsleep();
    }
}
