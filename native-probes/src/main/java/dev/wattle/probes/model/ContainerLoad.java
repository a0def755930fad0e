/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import dev.wattle.core.file.KernelFile;
import java.nio.charset.StandardCharsets;

/** The load of a container on its allocated processors, from its cgroup's usage. */
final class ContainerLoad implements Load {
    private static final byte[] V2_KEY = "usage_usec ".getBytes(StandardCharsets.US_ASCII);

    private final KernelFile usage;
    private final boolean version2;
    private final double cpus;
    private long busyNanos;
    private long capacityNanos;

    ContainerLoad(CpuAllotment allotment) {
        this.usage = new KernelFile(allotment.usageFile(), 512);
        this.version2 = allotment.version2();
        this.cpus = allotment.cpus();
    }

    @Override
    public boolean refresh(long nanoTime) {
        if (!usage.refresh()) {
            return false;
        }
        long value = version2 ? (usage.findLine(V2_KEY) ? usage.nextNumber() : KernelFile.NONE) : usage.onlyNumber();
        if (value < 0) {
            return false;
        }
        busyNanos = version2 ? value * 1_000 : value;
        capacityNanos = (long) (nanoTime * cpus);
        return true;
    }

    @Override
    public long busyNanos() {
        return busyNanos;
    }

    @Override
    public long capacityNanos() {
        return capacityNanos;
    }

    @Override
    public void close() {
        usage.close();
    }
}
