/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

/** What another source already meters of a module with a processor and a GPU. */
public enum MeteredElsewhere {
    /** Neither. */
    NOTHING,
    /** Only GPUs. */
    GPUS,
    /** GPUs, including the processors on their modules. */
    MODULES
}
