/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.util.Locale;

/** The kinds of probe that can be configured, in the order of the search. */
public enum ProbeKind {
    /** Processor and memory counters in files of the Linux kernel. */
    POWERCAP,
    /** The same counters through the kernel's performance events, for files that may not be read. */
    PERF,
    /** NVIDIA's management library. */
    NVML,
    /** Hardware monitors of the Linux kernel: AMD and Intel GPUs, Grace, Jetson. */
    HWMON,
    /** Published figures, used only where no sensor measures. */
    MODEL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in configuration, and the name of the probe. */
    public String word() {
        return word;
    }
}
