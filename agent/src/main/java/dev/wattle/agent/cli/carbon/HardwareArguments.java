/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.carbon;

import dev.wattle.core.carbon.CarbonSettings;
import dev.wattle.core.estimate.DevicePower;
import dev.wattle.core.estimate.Estimate;
import dev.wattle.core.estimate.HardwareEstimate;
import dev.wattle.core.estimate.Plain;
import dev.wattle.core.estimate.ProductMatch;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;

/** The options that describe hardware and time, as an estimate. */
final class HardwareArguments {
    private static final String REST =
            "memory, storage, network, power supplies, cooling of the machine, and the making of the hardware";

    private final EstimateArguments arguments;
    private final OptionalDouble hours;
    private final OptionalDouble gpuHours;
    private final OptionalDouble count;

    private HardwareArguments(EstimateArguments arguments) throws UsageException {
        this.arguments = arguments;
        hours = arguments.positive(EstimateOption.HOURS);
        gpuHours = arguments.positive(EstimateOption.GPU_HOURS);
        count = count(arguments);
    }

    private static OptionalDouble count(EstimateArguments arguments) throws UsageException {
        if (arguments.has(EstimateOption.COUNT) && arguments.has(EstimateOption.GPUS)) {
            throw new UsageException("--count and --gpus are the same here; give one of them");
        }
        return arguments.whole(arguments.has(EstimateOption.GPUS) ? EstimateOption.GPUS : EstimateOption.COUNT);
    }

    static Estimate estimate(EstimateArguments arguments, CarbonSettings carbon) throws UsageException {
        arguments.require(
                EstimateOption.FROM,
                EnumSet.of(EstimateOption.TIMES, EstimateOption.EPOCHS, EstimateOption.SAMPLES, EstimateOption.LEDGER));
        return new HardwareArguments(arguments).estimate(carbon);
    }

    private Estimate estimate(CarbonSettings carbon) throws UsageException {
        Optional<String> gpu = arguments.text(EstimateOption.GPU);
        OptionalDouble power = arguments.positive(EstimateOption.POWER);
        Optional<String> cpu = arguments.text(EstimateOption.CPU);
        OptionalDouble cpus = arguments.whole(EstimateOption.CPUS);
        OptionalDouble utilization = arguments.share(EstimateOption.UTILIZATION);
        boolean accelerators = gpu.isPresent() || power.isPresent();
        check(accelerators, cpu.isPresent(), cpus.isPresent());

        HardwareEstimate estimate = new HardwareEstimate();
        if (accelerators) {
            DevicePower each = power.isPresent()
                    ? DevicePower.given(power.getAsDouble(), utilization)
                    : DevicePower.ofAccelerator(accelerator(gpu.orElseThrow()), utilization);
            estimate.add("accelerators", use(gpu), acceleratorHours(), each);
        }
        if (cpu.isPresent()) {
            ProductMatch.Found found = KnownHardware.find(KnownHardware.processors(), EstimateOption.CPU, cpu.get());
            double number = cpus.orElse(1);
            estimate.add(
                    "processors",
                    Plain.number(number) + " x " + EstimateArguments.shown(cpu.get()) + " for "
                            + Plain.number(hoursOfMachine()) + " h",
                    number * hoursOfMachine(),
                    DevicePower.ofProcessor(found, accelerators ? OptionalDouble.empty() : utilization, accelerators));
        }
        return estimate.with(carbon, cpu.isPresent() ? REST : "processors, " + REST);
    }

    private void check(boolean accelerators, boolean processors, boolean severalProcessors) throws UsageException {
        if (!accelerators && !processors) {
            throw new UsageException("estimate needs the hardware and the time: --gpu NAME --hours H,"
                    + " or --power W --gpu-hours H; see estimate --help");
        }
        if (!processors && severalProcessors) {
            throw new UsageException("--cpus needs --cpu NAME");
        }
        if (hours.isEmpty() && gpuHours.isEmpty()) {
            throw new UsageException("estimate needs the time: --hours H, or --gpu-hours H over all accelerators");
        }
        if (!accelerators && (gpuHours.isPresent() || count.isPresent())) {
            throw new UsageException("--cpu takes --hours and --cpus; --gpu-hours and --count are for accelerators");
        }
        if (hours.isPresent() && gpuHours.isPresent() && !agree()) {
            throw new UsageException(
                    "--gpu-hours is not --count times --hours; give --gpu-hours, or --hours with --count");
        }
    }

    private boolean agree() {
        double product = hours.orElseThrow() * count.orElse(1);
        return count.isEmpty() || Math.abs(product - gpuHours.orElseThrow()) <= 1e-6 * product;
    }

    private static ProductMatch.Found accelerator(String gpu) throws UsageException {
        return KnownHardware.find(KnownHardware.accelerators(), EstimateOption.GPU, gpu);
    }

    private double acceleratorHours() {
        return gpuHours.orElseGet(() -> hours.orElseThrow() * count.orElse(1));
    }

    private double hoursOfMachine() throws UsageException {
        if (hours.isPresent()) {
            return hours.getAsDouble();
        }
        if (count.isEmpty()) {
            throw new UsageException("--cpu needs the time of the machine: add --hours H, or --count N to --gpu-hours");
        }
        return gpuHours.orElseThrow() / count.getAsDouble();
    }

    /** Which accelerators, and for how long. */
    private String use(Optional<String> gpu) {
        String name = EstimateArguments.shown(gpu.orElse("accelerator"));
        String total = Plain.number(acceleratorHours()) + " accelerator-hours";
        if (count.isEmpty() && gpuHours.isPresent()) {
            return gpu.isPresent() ? total + " of " + name : total;
        }
        double number = count.orElse(1);
        String use = Plain.number(number) + " x " + name + " for " + Plain.number(acceleratorHours() / number) + " h";
        return number == 1 ? use : use + " (" + total + ")";
    }
}
