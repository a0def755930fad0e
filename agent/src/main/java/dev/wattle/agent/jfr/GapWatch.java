/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import dev.wattle.core.domain.DomainMeter;
import dev.wattle.core.sampling.EnergyMeter;
import java.util.Arrays;
import java.util.List;

/**
 * Tells, at each look, of the time since the look before in which a device was not seen. For one thread, JFR's own, which
 * looks each period of {@link GapEvent} while a recording wants it.
 */
final class GapWatch {

    /** Looks further apart than any sensible period belong to different recordings. */
    private static final long LONGEST_PERIOD_NANOS = 120_000_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EnergyMeter meter;
    private long[] seenGapNanos = {};
    private boolean looked;
    private long lookNanos;

    GapWatch(EnergyMeter meter) {
        this.meter = meter;
    }

    void look() {
        long now = System.nanoTime();
        boolean goesOn = looked && now - lookNanos < LONGEST_PERIOD_NANOS;
        looked = true;
        lookNanos = now;
        List<DomainMeter> domains = meter.domains();
        seenGapNanos = Arrays.copyOf(seenGapNanos, domains.size());
        for (int i = 0; i < seenGapNanos.length; i++) {
            DomainMeter domain = domains.get(i);
            long gapNanos = domain.coverage().gapNanos();
            long unseen = gapNanos - seenGapNanos[i];
            seenGapNanos[i] = gapNanos;
            if (goesOn && unseen > 0) {
                tell(domain, unseen);
            }
        }
    }

    private static void tell(DomainMeter meter, long unseenNanos) {
        GapEvent event = new GapEvent();
        event.device = meter.domain().device();
        event.component = meter.domain().component().tag();
        event.began = System.currentTimeMillis() - unseenNanos / NANOS_PER_MILLI;
        event.length = unseenNanos;
        event.reason = meter.loss().map(DomainMeter.Loss::reason).orElse("unknown");
        event.commit();
    }
}
