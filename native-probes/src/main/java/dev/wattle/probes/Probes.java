/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.powercap.*;
import java.util.*;

public final class Probes {
    private Probes() {}

    public static Discovery discover(Hardware h, Set<ProbeKind> kinds) {
        PowercapFindings f = PowercapProbe.find(h.powercapRoot(), "");
        List<EnergyProbe> l = new ArrayList<>();
        f.probe().ifPresent(l::add);
        return new Discovery(l, f.notes(), Optional.empty(), Optional.empty());
    }
}
