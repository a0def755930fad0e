/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.powercap;

import java.nio.file.Path;

/** The powercap trees of machines, as their kernels lay them out. */
final class PowercapMachines {
    private PowercapMachines() {}

    static PowercapTree coffeeLakeLaptop(Path sys) {
        return new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0", 91_000_000)
                .zone("intel-rapl:0:0", "core", 52_000_000)
                .zone("intel-rapl:0:1", "uncore", 3_000_000)
                .zone("intel-rapl:0:2", "dram", 14_000_000)
                .zone("intel-rapl:1", "psys", 160_000_000);
    }

    /** The same socket through model-specific and through memory-mapped registers, a little apart. */
    static PowercapTree tigerLakeLaptop(Path sys) {
        return new PowercapTree(sys)
                .zone("intel-rapl-mmio:0", "package-0", 393_000_000)
                .zone("intel-rapl:0", "package-0", 378_000_000)
                .zone("intel-rapl:0:0", "core", 52_000_000)
                .zone("intel-rapl:0:1", "uncore", 3_000_000)
                .zone("intel-rapl:1", "psys", 900_000_000);
    }

    /** Firmware has locked the model-specific registers. */
    static PowercapTree laptopWithMemoryMappedCountersAlone(Path sys) {
        return new PowercapTree(sys).zone("intel-rapl-mmio:0", "package-0", 393_000_000);
    }

    static PowercapTree skylakeServer(Path sys) {
        return new PowercapTree(sys).socket(0, 200_000_000_000L).socket(1, 70_000_000_000L);
    }

    /** The kernel numbers zones in the order in which packages come up. */
    static PowercapTree sapphireRapidsServer(Path sys) {
        return new PowercapTree(sys)
                .zone("intel-rapl:0", "package-1", 10_000_000)
                .zone("intel-rapl:0:0", "dram", 2_000_000)
                .zone("intel-rapl:1", "psys", 55_000_000)
                .zone("intel-rapl:2", "package-0", 30_000_000)
                .zone("intel-rapl:2:0", "dram", 4_000_000);
    }

    static PowercapTree twelveSocketServer(Path sys) {
        PowercapTree tree = new PowercapTree(sys);
        for (int number = 0; number < 12; number++) {
            tree.socket(number, (number + 1) * 1_000_000_000L);
        }
        return tree;
    }

    /** Two dies in each package, and a counter in each die. */
    static PowercapTree cascadeLakeAdvancedPerformance(Path sys) {
        return new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0-die-0", 90_000_000_000L)
                .zone("intel-rapl:0:0", "dram", 9_000_000_000L)
                .zone("intel-rapl:1", "package-0-die-1", 40_000_000_000L)
                .zone("intel-rapl:1:0", "dram", 4_000_000_000L)
                .zone("intel-rapl:2", "package-1-die-0", 30_000_000_000L)
                .zone("intel-rapl:2:0", "dram", 3_000_000_000L)
                .zone("intel-rapl:3", "package-1-die-1", 20_000_000_000L)
                .zone("intel-rapl:3:0", "dram", 2_000_000_000L);
    }

    static PowercapTree zenDesktop(Path sys) {
        return new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0", 1_000_000, PowercapTree.AMD_RANGE)
                .zone("intel-rapl:0:0", "core", 600_000, PowercapTree.AMD_RANGE);
    }

    /** Linux 6.9 to 6.11 took each of the twelve core complexes of a Genoa for a die; all read the package's counter. */
    static PowercapTree genoaServer(Path sys) {
        PowercapTree tree = new PowercapTree(sys);
        for (int die = 0; die < 12; die++) {
            tree.zone("intel-rapl:" + die, "package-0-die-" + die, 47_110_000_000L, PowercapTree.AMD_RANGE);
        }
        return tree;
    }

    static PowercapTree machineWithPowerLimitsSwitchedOff(Path sys) {
        return skylakeServer(sys).enabled("intel-rapl", "0\n");
    }

    static PowercapTree boardWithPsysAlone(Path sys) {
        return new PowercapTree(sys).zone("intel-rapl:0", "psys", 55_000_000).zone("intel-rapl:0:0", "dram", 1_000_000);
    }

    static PowercapTree guestWithCountersAtZero(Path sys) {
        return new PowercapTree(sys)
                .zone("intel-rapl:0", "package-0", 0)
                .zone("intel-rapl:0:0", "dram", 0)
                .zone("intel-rapl:1", "package-1", 0);
    }
}
