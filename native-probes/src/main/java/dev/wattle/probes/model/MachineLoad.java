/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import dev.wattle.probes.load.MachineTicks;
import java.nio.file.Path;

/** The load of a whole Linux machine. */
final class MachineLoad implements Load {
    private final MachineTicks ticks;

    MachineLoad(Path procRoot) {
        this.ticks = new MachineTicks(procRoot);
    }

    @Override
    public boolean refresh(long nanoTime) {
        return ticks.refresh();
    }

    @Override
    public long busyNanos() {
        return ticks.busyNanos();
    }

    @Override
    public long capacityNanos() {
        return ticks.totalNanos();
    }

    @Override
    public void close() {
        ticks.close();
    }
}
