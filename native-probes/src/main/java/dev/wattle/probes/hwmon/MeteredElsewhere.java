/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

/** What of a module with a processor and a GPU another source meters already. */
public enum MeteredElsewhere {
    /** Neither. */
    NOTHING,
    /** GPUs alone. */
    GPUS,
    /** GPUs, and with them the processors on their modules. */
    MODULES
}
