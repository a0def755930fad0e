/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Energy of GPUs, Grace sockets and Jetson rails from the files of Linux' hardware monitors.
 *
 * <p>NVIDIA's own library and the processors' counters do not belong here.
 */
@NullMarked
package dev.wattle.probes.hwmon;

import org.jspecify.annotations.NullMarked;
