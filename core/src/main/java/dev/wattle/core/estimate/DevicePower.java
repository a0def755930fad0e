/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The mean power of one accelerator or processor in a training, from what is known of it. Immutable.
 *
 * <p>Utilization is the mean power as a share of the board's power, which is what the published method multiplies by. Many
 * tools report another one, the share of time in which the device was busy; where the user gives a utilization, the range
 * reaches to the power that this second meaning has.
 *
 * @param watts mean power of one device
 * @param assumptions behind it
 * @param range where the range comes from, as part of a sentence; empty where there is none
 * @param references codes of {@link References} for the range
 */
public record DevicePower(Range watts, List<Assumption> assumptions, String range, List<String> references) {

    /**
     * What nodes of eight H100 drew in training, as a share of their rated power: the rated power was up to 37 % too high
     * (Newkirk and others, arXiv 2506.14551, 2025).
     */
    static final double MEASURED_SHARE = 1 / 1.37;

    /** A processor at no load, at 10 % and at full load, as shares of its design power (Teads Engineering, 2021). */
    private static final double CPU_IDLE = 0.12;

    private static final double CPU_TENTH = 0.32;
    private static final double CPU_FULL = 1.02;

    /** What CodeCarbon takes for a processor whose load nobody measured, as a share of its design power. */
    private static final double CPU_UNMEASURED = 0.5;

    private static final String H100 = "newkirk-2025";
    private static final String TEADS = "teads-2021";
    private static final String CODECARBON = "codecarbon-2025";

    private static final String LOAD = "processor load";

    private static final int MAX_OTHERS = 3;

    /** Power that the user gave, in watts of one device, times a utilization if that was given too. */
    public static DevicePower given(double watts, OptionalDouble utilization) {
        List<Assumption> assumptions = new ArrayList<>();
        assumptions.add(Assumption.given("power", Plain.number(watts) + " W for each, given"));
        utilization.ifPresent(share ->
                assumptions.add(Assumption.given("utilization", Plain.percent(share) + " of that power, given")));
        return new DevicePower(Range.exactly(watts * utilization.orElse(1)), assumptions, "", List.of());
    }

    /**
     * Power of an accelerator.
     *
     * @param found its variants; where they differ the strongest is expected, which is the one that clusters train on
     * @param utilization above 0, at most 1; empty where the user does not say
     */
    public static DevicePower ofAccelerator(ProductMatch.Found found, OptionalDouble utilization) {
        Product strongest = found.variants().get(0);
        Product weakest = strongest;
        for (Product variant : found.variants()) {
            strongest = variant.watts() > strongest.watts() ? variant : strongest;
            weakest = variant.watts() < weakest.watts() ? variant : weakest;
        }
        List<Assumption> assumptions = new ArrayList<>();
        assumptions.add(boardPower(found, strongest));
        if (utilization.isPresent()) {
            return used(strongest, weakest, utilization.getAsDouble(), assumptions);
        }
        if (strongest.mean().isPresent()) {
            return measured(strongest, strongest.mean().get(), assumptions);
        }
        assumptions.add(new Assumption(
                "utilization",
                "100 % of the board power all the time, since none is given; the low end takes "
                        + Plain.percent(MEASURED_SHARE) + ", as measured for eight H100 in training",
                References.shortName(H100)));
        return new DevicePower(
                new Range(strongest.watts(), weakest.watts() * MEASURED_SHARE, strongest.watts()),
                assumptions,
                "from " + Plain.percent(MEASURED_SHARE) + " of " + Plain.number(weakest.watts())
                        + " W, the share that H100 drew in training, to a board power of "
                        + Plain.number(strongest.watts()) + " W",
                List.of(H100));
    }

    private static DevicePower measured(Product product, Range mean, List<Assumption> assumptions) {
        assumptions.add(new Assumption(
                "mean power",
                Plain.number(mean.expected()) + " W, since no utilization is given: " + product.remark(),
                product.source()));
        return new DevicePower(mean, assumptions, "that of the measured mean power", List.of());
    }

    private static DevicePower used(Product strongest, Product weakest, double share, List<Assumption> assumptions) {
        double watts = strongest.watts() * share;
        double idle = strongest.idleWatts().orElse(0);
        double busy = Math.max(watts, idle + share * (strongest.watts() - idle));
        boolean exact = busy == watts && weakest.watts() == strongest.watts();
        assumptions.add(Assumption.given(
                "utilization",
                Plain.percent(share) + " of the board power, given"
                        + (busy > watts
                                ? "; the high end is for a board that was busy for that share of the time"
                                : "")));
        return new DevicePower(
                new Range(watts, weakest.watts() * share, busy),
                assumptions,
                exact ? "" : "that of the board powers, and of what utilization may mean",
                List.of());
    }

    /**
     * Power of a processor.
     *
     * @param utilization above 0, at most 1; empty where the user does not say
     * @param withAccelerators whether accelerators do the training, so that the processor is not fully loaded
     */
    public static DevicePower ofProcessor(
            ProductMatch.Found found, OptionalDouble utilization, boolean withAccelerators) {
        Product product = found.variants().get(0);
        double watts = product.watts();
        List<Assumption> assumptions = new ArrayList<>();
        assumptions.add(new Assumption(
                "processor power",
                Plain.number(watts) + " W thermal design power: " + names(found, watts),
                product.source()));
        if (utilization.isPresent()) {
            double share = utilization.getAsDouble();
            assumptions.add(Assumption.given(LOAD, Plain.percent(share) + " of the design power, given"));
            return new DevicePower(Range.exactly(watts * share), assumptions, "", List.of());
        }
        return withAccelerators
                ? processor(assumptions, watts, CPU_UNMEASURED, CPU_IDLE, "idle", List.of(CODECARBON, TEADS))
                : processor(assumptions, watts, 1, CPU_TENTH, "a load of 10 %", List.of(TEADS));
    }

    private static DevicePower processor(
            List<Assumption> assumptions,
            double watts,
            double expected,
            double low,
            String lowName,
            List<String> references) {
        assumptions.add(new Assumption(
                LOAD,
                Plain.percent(expected) + " of the design power, since none is given; from " + lowName
                        + " to full load, " + Plain.percent(low) + " to " + Plain.percent(CPU_FULL),
                references.stream().map(References::shortName).collect(Collectors.joining("; "))));
        return new DevicePower(
                new Range(watts * expected, watts * low, watts * CPU_FULL),
                assumptions,
                "that of processors from " + lowName + " to full load",
                references);
    }

    private static Assumption boardPower(ProductMatch.Found found, Product strongest) {
        StringBuilder value =
                new StringBuilder(Plain.number(strongest.watts()) + " W: " + names(found, strongest.watts()));
        found.variants().stream()
                .mapToDouble(Product::watts)
                .filter(watts -> watts < strongest.watts())
                .distinct()
                .sorted()
                .forEach(watts -> value.append("; the name also fits ")
                        .append(names(found, watts))
                        .append(" at ")
                        .append(Plain.number(watts))
                        .append(" W"));
        if (!found.others().isEmpty()) {
            value.append("; other boards are ")
                    .append(found.others().stream()
                            .limit(MAX_OTHERS)
                            .map(other -> other.name() + " at " + Plain.number(other.watts()) + " W")
                            .collect(Collectors.joining(", ")));
        }
        if (strongest.mean().isEmpty() && !strongest.remark().isEmpty()) {
            value.append("; ").append(strongest.remark());
        }
        return new Assumption("board power", value.toString(), strongest.source());
    }

    private static String names(ProductMatch.Found found, double watts) {
        return found.variants().stream()
                .filter(variant -> variant.watts() == watts)
                .map(Product::name)
                .collect(Collectors.joining(", "));
    }
}
