/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.gpu;

import java.util.concurrent.locks.LockSupport;

/**
 * Reads a GPU's counter and powers during a load, and integrates the powers by the trapezoid rule, for comparison with the
 * meter's figures. It has its own library handle and its own thread.
 */
final class EnergyTrace implements AutoCloseable {
    private static final long PERIOD_NANOS = 50_000_000;

    private final Nvml nvml;
    private final Thread thread;
    private volatile boolean done;
    private final Integral mean = new Integral();
    private final Integral instant = new Integral();
    private long firstMillijoules = -1;
    private long lastMillijoules = -1;

    private EnergyTrace(Nvml nvml) {
        this.nvml = nvml;
        this.thread = new Thread(this::read, "gpu-trace");
        thread.setDaemon(true);
        thread.start();
    }

    static EnergyTrace start(String library, int gpu) {
        return new EnergyTrace(Nvml.open(library, gpu));
    }

    private void read() {
        Nvml.Call energy = nvml.call("nvmlDeviceGetTotalEnergyConsumption");
        Nvml.Call average = nvml.fieldCall(Nvml.FIELD_AVERAGE);
        Nvml.Call usage = nvml.call("nvmlDeviceGetPowerUsage");
        Nvml.Call now = nvml.fieldCall(Nvml.FIELD_INSTANT);
        while (!done) {
            if (energy.code() == Nvml.SUCCESS) {
                lastMillijoules = nvml.number();
                firstMillijoules = firstMillijoules < 0 ? lastMillijoules : firstMillijoules;
            }
            if (average.code() == Nvml.SUCCESS) {
                mean.add(System.nanoTime(), nvml.fieldNumber());
            } else if (usage.code() == Nvml.SUCCESS) {
                mean.add(System.nanoTime(), nvml.smallNumber());
            }
            if (now.code() == Nvml.SUCCESS) {
                instant.add(System.nanoTime(), nvml.fieldNumber());
            }
            LockSupport.parkNanos(PERIOD_NANOS);
        }
    }

    /** Ends the reading; the figures are complete after it. */
    @Override
    public void close() {
        done = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        nvml.close();
    }

    /** By the counter, in joules; NaN where there is none. */
    double counted() {
        return firstMillijoules < 0 ? Double.NaN : (lastMillijoules - firstMillijoules) / 1e3;
    }

    /** By the power that is a mean, in joules. */
    double integrated() {
        return mean.joules();
    }

    /** By the power of the moment, in joules. */
    double integratedInstants() {
        return instant.joules();
    }

    private static final class Integral {
        private boolean started;
        private long lastNanos;
        private long lastMilliwatts;
        private double joules;

        void add(long nanos, long milliwatts) {
            if (started) {
                joules += (nanos - lastNanos) / 1e9 * (milliwatts + lastMilliwatts) / 2e3;
            }
            started = true;
            lastNanos = nanos;
            lastMilliwatts = milliwatts;
        }

        double joules() {
            return started ? joules : Double.NaN;
        }
    }
}
