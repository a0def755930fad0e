/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.gpu;

import dev.wattle.EnergyWindow;
import dev.wattle.Wattle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Measures one GPU, under the agent, and prints tables of Markdown. */
final class GpuBenchmark {
    private static final int GPU = 0;

    private GpuBenchmark() {}

    /** @param arguments NVML's library, CUDA's library or {@code none}, and the seconds of each load */
    public static void main(String[] arguments) throws Exception {
        String library = arguments[0];
        double seconds = Double.parseDouble(arguments[2]);
        double scale = Math.min(1, seconds / 60);
        Nvml nvml = Nvml.open(library, GPU);
        try (Cuda cuda = arguments[1].equals("none") ? null : Cuda.open(arguments[1])) {
            System.out.printf(
                    Locale.ROOT,
                    "%s, driver %s, Java %s; load: %s.%n%n",
                    nvml.name(),
                    nvml.driver(),
                    Runtime.version(),
                    cuda == null ? "none" : "kernels of our own on every multiprocessor");
            System.out.println("Calls, with the GPU idle:\n");
            System.out.println(Latencies.table(nvml, 1.5 * scale));
            System.out.println("Updates, under load:\n");
            System.out.print(updates(nvml, cuda, 5 * scale));
            System.out.printf(
                    "%nThis process on the GPU's list of compute processes: %s.%n%n",
                    nvml.runs(ProcessHandle.current().pid()) ? "yes" : "no");
            System.out.printf(
                    Locale.ROOT,
                    "Energy over %.0f s each, in joules; `Wattle` is the meter's own figure of the same time:%n%n",
                    seconds);
            System.out.println("| load | counter | integral, mean power | integral, instants | Wattle |"
                    + " mean / counter | instants / counter | Wattle / counter |\n|---|---|---|---|---|---|---|---|");
            for (Load load : Load.values()) {
                System.out.print(energy(load, cuda, library, seconds));
            }
        }
        nvml.close();
    }

    private static String updates(Nvml nvml, @Nullable Cuda cuda, double seconds) throws InterruptedException {
        StringBuilder table =
                new StringBuilder("| value | period, median ms | p99 ms | changes |\n|---|---|---|---|\n");
        Thread reader = new Thread(
                () -> {
                    table.append(Latencies.updates(
                            "nvmlDeviceGetTotalEnergyConsumption",
                            nvml.call("nvmlDeviceGetTotalEnergyConsumption"),
                            nvml::number,
                            seconds));
                    table.append(Latencies.updates(
                            "nvmlDeviceGetPowerUsage",
                            nvml.call("nvmlDeviceGetPowerUsage"),
                            nvml::smallNumber,
                            seconds));
                    for (int field : new int[] {Nvml.FIELD_AVERAGE, Nvml.FIELD_INSTANT, Nvml.FIELD_ENERGY}) {
                        table.append(
                                Latencies.updates("field " + field, nvml.fieldCall(field), nvml::fieldNumber, seconds));
                    }
                },
                "gpu-updates");
        reader.start();
        while (reader.isAlive()) {
            Load.BURST.run(cuda, System.nanoTime() + 100_000_000);
        }
        reader.join();
        return table.toString();
    }

    private static String energy(Load load, @Nullable Cuda cuda, String library, double seconds) {
        // The sensors' means reach a second back.
        load.run(cuda, System.nanoTime() + 1_500_000_000L);
        EnergyTrace trace = EnergyTrace.start(library, GPU);
        EnergyWindow window = Wattle.window(load.name().toLowerCase(Locale.ROOT));
        try (trace;
                window) {
            load.run(cuda, System.nanoTime() + (long) (seconds * 1e9));
        }
        double counted = trace.counted();
        double metered = window.joulesByDevice().getOrDefault("gpu-" + GPU, Double.NaN);
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.1f | %.4f | %.4f | %.4f |%n",
                window.name(),
                counted,
                trace.integrated(),
                trace.integratedInstants(),
                metered,
                trace.integrated() / counted,
                trace.integratedInstants() / counted,
                metered / counted);
    }
}
