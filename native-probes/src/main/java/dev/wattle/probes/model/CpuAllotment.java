/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import java.nio.file.Path;

/**
 * The processors allocated to a container.
 *
 * @param cpus their number; a fraction for a quota
 * @param usageFile its cumulative processor time: {@code cpu.stat} of version 2, {@code cpuacct.usage} of version 1
 * @param version2 which of the two formats that file has
 */
record CpuAllotment(double cpus, Path usageFile, boolean version2) {}
