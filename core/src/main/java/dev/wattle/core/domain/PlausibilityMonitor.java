/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import dev.wattle.core.time.SamplingClock;
import dev.wattle.core.time.TimeAnchor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notes since when and why the readings of a domain are not believed. The first reason stands. The thread that reads
 * writes, any thread reads.
 */
final class PlausibilityMonitor {

    private final String subject;
    private final long boundMicrowatts;
    private final long patienceNanos;
    private final SamplingClock clock;
    private volatile @Nullable Suspicion suspicion;
    private boolean implausible;
    private long implausibleNanos;

    /**
     * @param subject what is read, as the first words of a reason
     * @param boundMicrowatts the highest plausible power
     * @param patienceNanos how long readings have to be implausible before they are suspect
     */
    PlausibilityMonitor(String subject, long boundMicrowatts, long patienceNanos, SamplingClock clock) {
        this.subject = subject;
        this.boundMicrowatts = boundMicrowatts;
        this.patienceNanos = patienceNanos;
        this.clock = clock;
    }

    /** Notes whether the readings are implausible as of this instant. */
    void update(long nanos, boolean nowImplausible) {
        if (!implausible && nowImplausible) {
            implausibleNanos = nanos;
        }
        implausible = nowImplausible;
        if (implausible && nanos - implausibleNanos >= patienceNanos) {
            suspect(nanos, subject + " shows more than " + boundMicrowatts / 1_000_000 + " W");
        }
    }

    void suspect(long nanos, String reason) {
        if (suspicion == null) {
            suspicion = new Suspicion(TimeAnchor.now(clock).dateOf(nanos), reason);
        }
    }

    boolean isImplausible() {
        return implausible;
    }

    /** Empty while the readings are believed. */
    Optional<Suspicion> suspicion() {
        return Optional.ofNullable(suspicion);
    }
}
