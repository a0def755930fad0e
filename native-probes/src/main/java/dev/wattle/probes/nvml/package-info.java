/* SPDX-License-Identifier: Apache-2.0 */
/**
 * NVIDIA GPUs, through NVIDIA's management library: their energy or power, and which of them this JVM uses.
 *
 * <p>Layouts, numbers and return codes are those of nvml.h (API 13, as in NVIDIA's go-nvml of 2026-07). What becomes of a
 * reading belongs to core.
 */
@NullMarked
package dev.wattle.probes.nvml;

import org.jspecify.annotations.NullMarked;
