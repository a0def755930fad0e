/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.source;

import java.util.Locale;

/** The kinds of probe a person may ask for, in the order in which they are looked for. */
public enum ProbeKind {
    /** Processor and memory counters in files of the Linux kernel. */
    POWERCAP,
    /** The same counters through the kernel's performance events, where the files may not be read. */
    PERF,
    /** NVIDIA's management library. */
    NVML,
    /** Hardware monitors of the Linux kernel: AMD and Intel GPUs, Grace, Jetson. */
    HWMON,
    /** Published figures, used only for what no sensor tells. */
    MODEL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in configuration, and the name of the probe. */
    public String word() {
        return word;
    }
}
