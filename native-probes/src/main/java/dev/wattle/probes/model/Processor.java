/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/**
 * The processors of a machine, as it reports them.
 *
 * @param name product name, empty if unknown
 * @param vendor CPUID vendor such as {@code GenuineIntel}, or an ARM implementer such as {@code 0x41}
 * @param family CPUID family, or the ARM architecture; -1 if unknown
 * @param model CPUID model, or the ARM part; -1 if unknown
 * @param stepping CPUID stepping; 0 if unknown
 * @param packageThreads hardware threads of one package, at least 1; a container may show fewer of them
 * @param packageCores cores of one package; 0 if unknown
 * @param logicalCpus hardware threads shown, of all packages, at least 1
 * @param virtual whether a hypervisor reports these processors
 */
record Processor(
        String name,
        String vendor,
        int family,
        int model,
        int stepping,
        int packageThreads,
        int packageCores,
        int logicalCpus,
        boolean virtual) {}
