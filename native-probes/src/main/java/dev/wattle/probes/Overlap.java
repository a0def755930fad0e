/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.Component;
import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.probes.hwmon.HwmonProbe;
import dev.wattle.probes.nvml.NvmlSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Hardware that two sources meter. A source leaves out what another meters, if that one answers in time. If it answers
 * late, both meter it, and one has to be dropped.
 */
public final class Overlap {
    /** GPUs that are part of a Jetson module, as NVML calls them. */
    private static final Pattern ON_A_JETSON = Pattern.compile("\\b(Orin|Xavier|Thor|Tegra|nvgpu|Jetson)\\b");

    private Overlap() {}

    /**
     * The domain that includes all energy of another: a module includes its processor's sockets, and the input of a Jetson
     * module includes its GPU.
     */
    public static Optional<EnergyDomain> holderOf(EnergyDomain domain, List<EnergyDomain> domains) {
        Predicate<EnergyDomain> holds = other -> false;
        if (HwmonProbe.isSocketOfModule(domain)) {
            holds = NvmlSource::isModule;
        } else if (domain.component() == Component.GPU
                && !HwmonProbe.isRail(domain)
                && ON_A_JETSON.matcher(domain.name()).find()) {
            holds = HwmonProbe::isInputOfModule;
        }
        return domains.stream().filter(holds).findFirst();
    }
}
