/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.core.sampling.ProcessorTimes;
import java.util.*;

public record Discovery(
        List<EnergyProbe> probes,
        List<String> notes,
        Optional<String> model,
        Optional<ProcessorTimes> processorTimes) {}
