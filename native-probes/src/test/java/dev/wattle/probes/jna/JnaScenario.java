/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.jna;

import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.Hardware;
import dev.wattle.probes.PerfTree;
import dev.wattle.probes.Probes;
import dev.wattle.probes.source.ProbeKind;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;

/** Runs in a JVM of its own, because JNA is loaded once in a JVM. */
final class JnaScenario {
    private JnaScenario() {}

    /** Exits with 0 if all was as the argument says, with 1 and a line on standard error otherwise. */
    public static void main(String[] arguments) throws Exception {
        Properties before = (Properties) System.getProperties().clone();
        switch (arguments[0]) {
            case "loads" -> {
                expect(PrivateJna.load() instanceof JnaState.Loaded, "not loaded: " + PrivateJna.load());
                expect(com.sun.jna.Native.POINTER_SIZE > 0, "JNA does not work");
            }
            case "loads-beside" -> {
                PrivateJna.alsoTry(Path.of(arguments[1]));
                expect(PrivateJna.load() instanceof JnaState.Loaded, "not loaded: " + PrivateJna.load());
            }
            case "refuses" -> {
                boolean refused = PrivateJna.load() instanceof JnaState.Unavailable unavailable
                        && unavailable.reason().startsWith("JNA cannot be loaded: ");
                expect(refused, "loaded all the same: " + PrivateJna.load());
            }
            default -> discover(Path.of(arguments[1]));
        }
        Properties after = (Properties) System.getProperties().clone();
        expect(before.equals(after), "properties changed: " + before + " -> " + after);
    }

    /** On this machine, but with the counters of a tree. */
    private static void discover(Path root) {
        Hardware machine = Hardware.ofThisMachine();
        PerfTree perf = new PerfTree(root);
        Hardware hardware = new Hardware(
                root.resolve("powercap"),
                perf.eventSources(),
                perf.cpus(),
                machine.hwmonRoot(),
                machine.procRoot(),
                machine.cgroupRoot(),
                Optional.empty());
        Probes.discover(hardware, EnumSet.allOf(ProbeKind.class)).probes().forEach(EnergyProbe::close);
    }

    private static void expect(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
