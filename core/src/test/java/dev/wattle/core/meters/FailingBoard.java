/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.meters;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.probe.Quality;
import dev.wattle.core.probe.Readings;
import dev.wattle.core.probe.Scope;
import dev.wattle.core.probe.Sensor;
import java.util.List;

/** A board that never answers. */
final class FailingBoard implements EnergyProbe {
    @Override
    public String name() {
        return "boards";
    }

    @Override
    public List<EnergyDomain> domains() {
        return List.of(new EnergyDomain(
                Component.GPU,
                "gpu-0",
                "AMD Instinct MI210",
                "",
                Quality.INTEGRATED,
                Scope.MACHINE,
                "hwmon3",
                new Sensor.Power(0)));
    }

    @Override
    public void read(Readings into) {
        into.failed(0);
    }

    @Override
    public void close() {}
}
