/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a real NVIDIA machine's driver tells, how fast and how truly, and what metering it costs.
 *
 * <p>Needs nothing but the driver: NVML and CUDA are called through JNA, and the load is a text of PTX.
 */
@NullMarked
package dev.wattle.benchmarks.gpu;

import org.jspecify.annotations.NullMarked;
