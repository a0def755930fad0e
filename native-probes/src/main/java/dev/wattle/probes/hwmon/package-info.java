/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads the energy of GPUs, Grace sockets and Jetson rails from the hardware monitors of Linux.
 *
 * <p>NVML and the processors' counters do not belong here.
 */
@NullMarked
package dev.wattle.probes.hwmon;

import org.jspecify.annotations.NullMarked;
