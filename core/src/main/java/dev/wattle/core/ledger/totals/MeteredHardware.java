/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.totals;

import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.ledger.read.RecordedDevice;
import dev.wattle.core.ledger.read.RecordedRun;
import java.util.ArrayList;
import java.util.List;

/**
 * The hardware that a run's devices stand for. Runs on one machine have equal lists, which share one object. Immutable.
 *
 * @param devices in the order of the run's energies
 */
record MeteredHardware(List<Device> devices) {

    /**
     * A device of a run.
     *
     * @param name its name in the run
     * @param hardware what it meters: the same text in all runs that meter the same; empty where no other run can
     * @param component the machine's component that it is a part of, in all runs on the machine; empty where no other
     *    device
     *     can stand for it
     * @param quality the best of its sources
     */
    record Device(String name, String hardware, String component, LedgerQuality quality) {}

    static MeteredHardware of(RecordedRun run) {
        List<Device> devices = new ArrayList<>();
        for (String name : run.totals().microjoules().keySet()) {
            devices.add(device(name, run));
        }
        return new MeteredHardware(List.copyOf(devices));
    }

    private static Device device(String name, RecordedRun run) {
        String machine = machine(run.identity());
        String component = "";
        String uuid = "";
        boolean container = false;
        LedgerQuality quality = LedgerQuality.UNKNOWN;
        for (RecordedDevice known : run.devices()) {
            if (known.device().equals(name)) {
                component = known.component();
                uuid = known.uuid();
                container |= known.scope().equals("container");
                LedgerQuality each = LedgerQuality.of(known.quality());
                quality = each.compareTo(quality) < 0 ? each : quality;
            }
        }
        if (container) {
            return new Device(name, "", "", quality);
        }
        boolean processors = component.equals("cpu") || component.equals("dram");
        return new Device(
                name,
                uuid.isEmpty() ? machine + " " + name : "uuid " + uuid,
                processors ? machine + " " + component : "",
                quality);
    }

    /** All containers of a machine have its boot in common, and machines of the same name have not. */
    private static String machine(RunIdentity run) {
        return run.boot().map(boot -> "boot " + boot).orElseGet(() -> "host " + run.host());
    }
}
