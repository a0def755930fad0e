/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Measures what the driver of a real NVIDIA machine reports, its speed and accuracy, and the cost of metering it.
 *
 * <p>Needs only the driver: NVML and CUDA are called through JNA, and the load is a text of PTX.
 */
@NullMarked
package dev.wattle.benchmarks.gpu;

import org.jspecify.annotations.NullMarked;
