/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;

/** The load of a whole machine without Linux, read with oshi. A reading allocates. */
final class OshiLoad implements Load {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final CentralProcessor processor;
    private long busyMillis;
    private long totalMillis;

    OshiLoad(CentralProcessor processor) {
        this.processor = processor;
    }

    @Override
    public boolean refresh(long nanoTime) {
        long[] ticks = processor.getSystemCpuLoadTicks();
        long total = 0;
        for (long tick : ticks) {
            total += tick;
        }
        totalMillis = total;
        busyMillis = total
                - ticks[TickType.IDLE.getIndex()]
                - ticks[TickType.IOWAIT.getIndex()]
                - ticks[TickType.STEAL.getIndex()];
        return total > 0;
    }

    @Override
    public long busyNanos() {
        return busyMillis * NANOS_PER_MILLI;
    }

    @Override
    public long capacityNanos() {
        return totalMillis * NANOS_PER_MILLI;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
