/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

import java.util.Locale;

/** The kinds of probe a person may ask for. */
public enum ProbeKind {
    /** Processor and memory counters in files of the Linux kernel. */
    POWERCAP,
    /** NVIDIA's management library. */
    NVML,
    /** Hardware monitors of the Linux kernel: AMD and Intel GPUs. */
    HWMON,
    /** Published figures, used only where no processor counter can be read. */
    MODEL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word used in configuration. */
    public String word() {
        return word;
    }
}
