/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes;

public enum ProbeKind {
    POWERCAP,
    NVML,
    HWMON,
    MODEL
}
