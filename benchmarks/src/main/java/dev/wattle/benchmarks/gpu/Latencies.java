/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.benchmarks.gpu;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How long NVML's functions take, and how often their values change. */
final class Latencies {
    private static final int WARM_UP = 20;

    private Latencies() {}

    /** Rows of Markdown: function, code, calls, median, 99th percentile and maximum, in microseconds. */
    static String table(Nvml nvml, double secondsEach) {
        Map<String, Nvml.Call> calls = new LinkedHashMap<>();
        calls.put("nvmlErrorString (no driver: the cost of a call from Java)", nvml.call("nvmlErrorString"));
        for (String function : new String[] {
            "nvmlDeviceGetTotalEnergyConsumption",
            "nvmlDeviceGetPowerUsage",
            "nvmlDeviceGetEnforcedPowerLimit",
            "nvmlDeviceGetUtilizationRates",
            "nvmlDeviceGetComputeRunningProcesses_v3",
            "nvmlDeviceGetProcessUtilization"
        }) {
            calls.put(function, nvml.call(function));
        }
        calls.put("nvmlDeviceGetFieldValues(185)", nvml.fieldCall(Nvml.FIELD_AVERAGE));
        calls.put("nvmlDeviceGetFieldValues(186)", nvml.fieldCall(Nvml.FIELD_INSTANT));
        calls.put("nvmlDeviceGetFieldValues(191)", nvml.fieldCall(Nvml.FIELD_ENERGY));
        StringBuilder table = new StringBuilder("| function | code | calls | p50 us | p99 us | max us |\n");
        table.append("|---|---|---|---|---|---|\n");
        calls.forEach((name, call) -> table.append(row(name, call, secondsEach)));
        return table.toString();
    }

    private static String row(String name, Nvml.Call call, double seconds) {
        for (int i = 0; i < WARM_UP; i++) {
            call.code();
        }
        long[] nanos = new long[100_000];
        int count = 0;
        int code = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (count < nanos.length && (count == 0 || System.nanoTime() - end < 0)) {
            long before = System.nanoTime();
            code = call.code();
            nanos[count++] = System.nanoTime() - before;
        }
        Arrays.sort(nanos, 0, count);
        String result = name.startsWith("nvmlErrorString") ? "" : String.valueOf(code);
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %d | %.1f | %.1f | %.1f |%n",
                name,
                result,
                count,
                nanos[count / 2] / 1e3,
                nanos[(int) Math.min(count - 1L, Math.round(count * 0.99))] / 1e3,
                nanos[count - 1] / 1e3);
    }

    /** The median time between two changes of what a call shows, in milliseconds, for a row of Markdown. */
    static String updates(String name, Nvml.Call call, java.util.function.LongSupplier value, double seconds) {
        long[] periods = new long[100_000];
        int count = 0;
        long last = Long.MIN_VALUE;
        long changed = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() - end < 0) {
            if (call.code() != Nvml.SUCCESS) {
                return "| `" + name + "` | not supported | | |\n";
            }
            long now = System.nanoTime();
            long shown = value.getAsLong();
            if (shown != last) {
                if (changed != 0 && count < periods.length) {
                    periods[count++] = now - changed;
                }
                changed = last == Long.MIN_VALUE ? 0 : now;
                last = shown;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(500_000);
        }
        if (count == 0) {
            return "| `" + name + "` | never changed | | 0 |\n";
        }
        Arrays.sort(periods, 0, count);
        return String.format(
                Locale.ROOT,
                "| `%s` | %.1f | %.1f | %d |%n",
                name,
                periods[count / 2] / 1e6,
                periods[(int) Math.min(count - 1L, Math.round(count * 0.99))] / 1e6,
                count);
    }
}
