/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/**
 * What a machine says about its processors.
 *
 * @param name product name, empty where unknown
 * @param vendor CPUID vendor such as {@code GenuineIntel}, or an ARM implementer such as {@code 0x41}
 * @param family CPUID family, or the ARM architecture; -1 where unknown
 * @param model CPUID model, or the ARM part; -1 where unknown
 * @param stepping CPUID stepping; 0 where unknown
 * @param packageThreads hardware threads of one package, at least 1; more than are shown where a container is shown its
 *     own only
 * @param packageCores cores of one package; 0 where not told
 * @param logicalCpus hardware threads shown, of all packages, at least 1
 * @param virtual whether a hypervisor shows these processors
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
