/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.sampling.EnergyMeter;
import java.util.Arrays;
import java.util.List;

/**
 * Records a {@link GapEvent} for each device that was not read for some time since the previous call. JFR calls it on its own
 * thread, once a period while a recording has the event enabled. For one thread.
 */
final class GapWatch {

    /** Calls further apart than any sensible period belong to different recordings. */
    private static final long MAX_PERIOD_NANOS = 120_000_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EnergyMeter meter;
    private long[] recordedGapNanos = {};
    private boolean called;
    private long callNanos;

    GapWatch(EnergyMeter meter) {
        this.meter = meter;
    }

    void record() {
        long now = System.nanoTime();
        boolean isSameRecording = called && now - callNanos < MAX_PERIOD_NANOS;
        called = true;
        callNanos = now;
        List<DomainMeter> domains = meter.domains();
        recordedGapNanos = Arrays.copyOf(recordedGapNanos, domains.size());
        for (int i = 0; i < recordedGapNanos.length; i++) {
            DomainMeter domain = domains.get(i);
            long gapNanos = domain.coverage().gapNanos();
            long newGapNanos = gapNanos - recordedGapNanos[i];
            recordedGapNanos[i] = gapNanos;
            if (isSameRecording && newGapNanos > 0) {
                commit(domain, newGapNanos);
            }
        }
    }

    private static void commit(DomainMeter meter, long gapNanos) {
        GapEvent event = new GapEvent();
        event.device = meter.domain().device();
        event.component = meter.domain().component().tag();
        event.began = System.currentTimeMillis() - gapNanos / NANOS_PER_MILLI;
        event.length = gapNanos;
        event.reason = meter.loss().map(DomainMeter.Loss::reason).orElse("unknown");
        event.commit();
    }
}
