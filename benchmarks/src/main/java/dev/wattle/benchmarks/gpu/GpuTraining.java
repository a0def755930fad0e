/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.gpu;

import dev.wattle.TrainingEpoch;
import dev.wattle.Wattle;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A small training on the GPU that marks its epochs. Prints its steps and the processor time of its JVM. */
final class GpuTraining {
    private static final int EPOCHS = 10;
    private static final float RATE = 0.02f;

    private GpuTraining() {}

    /** @param arguments CUDA's library or {@code none}, and for how many seconds */
    public static void main(String[] arguments) throws Exception {
        double seconds = Double.parseDouble(arguments[1]);
        long steps = 0;
        long start = System.nanoTime();
        try (Cuda cuda = arguments[0].equals("none") ? null : Cuda.open(arguments[0])) {
            start = System.nanoTime();
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                long end = start + (long) ((epoch + 1) * seconds / EPOCHS * 1e9);
                try (TrainingEpoch told = Wattle.epoch("gpu benchmark", EPOCHS)) {
                    double loss = Double.NaN;
                    while (System.nanoTime() - end < 0) {
                        loss = step(cuda, steps++);
                        told.iteration(cuda == null ? 1 : cuda.samples(), loss);
                    }
                    told.metric("loss", loss);
                }
            }
        }
        double took = (System.nanoTime() - start) / 1e9;
        long cpuNanos = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
        System.out.println(steps / took + " " + cpuNanos / 1e9);
    }

    private static double step(@Nullable Cuda cuda, long step) {
        if (cuda != null) {
            return cuda.trainStep(RATE);
        }
        LockSupport.parkNanos(5_000_000);
        return Math.exp(-step / 100.0);
    }
}
