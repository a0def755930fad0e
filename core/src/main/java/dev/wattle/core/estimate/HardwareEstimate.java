/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.estimate.Estimate.EnergyPart;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Estimates a training from its hardware and its time: power times hours. With board power, this is the method of the ML CO2
 * Impact calculator (Lacoste and others, arXiv 1910.09700, 2019), to which PUE and ranges are added.
 *
 * <p>Not thread-safe.
 */
public final class HardwareEstimate {

    private static final double WATTS_PER_KILOWATT = 1e3;

    private final List<String> devices = new ArrayList<>();
    private final List<EnergyPart> parts = new ArrayList<>();
    private final List<Assumption> assumptions = new ArrayList<>();
    private final List<String> ranges = new ArrayList<>();
    private final Set<String> references = new LinkedHashSet<>(Set.of("lacoste-2019"));

    /**
     * Adds devices of one kind.
     *
     * @param part what they are: {@code accelerators} or {@code processors}
     * @param use which and for how long, such as {@code 8 x V100 for 336 h}
     * @param deviceHours hours of one device, summed over all
     */
    public HardwareEstimate add(String part, String use, double deviceHours, DevicePower power) {
        devices.add(use + " at " + Plain.number(power.watts().expected()) + " W each");
        parts.add(new EnergyPart(part, power.watts().times(deviceHours / WATTS_PER_KILOWATT)));
        assumptions.add(Assumption.given(part, use + ", given"));
        assumptions.addAll(power.assumptions());
        references.addAll(power.references());
        if (!power.range().isEmpty()) {
            ranges.add(power.range());
        }
        return this;
    }

    /**
     * The estimate of all that was added.
     *
     * @param excluded what is not in it
     */
    public Estimate with(CarbonSettings carbon, String excluded) {
        return new Estimate(
                String.join(", ", devices),
                List.copyOf(parts),
                carbon,
                List.copyOf(assumptions),
                String.join(", and ", ranges),
                excluded,
                List.copyOf(references));
    }
}
