/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The part of one domain's energy that is charged to this JVM, stretch by stretch. Whole microjoules are counted and the
 * remainder is carried. The sampling thread writes, any thread reads.
 */
public final class AttributedEnergy {

    private final DomainMeter domain;
    private final AtomicLong microjoules = new AtomicLong();
    private long seenMicrojoules;
    private double remainder;

    public AttributedEnergy(DomainMeter domain) {
        this.domain = domain;
    }

    public DomainMeter domain() {
        return domain;
    }

    /** The energy charged so far, in microjoules; never decreases. */
    public long microjoules() {
        return microjoules.get();
    }

    /** Charges a part of what the domain used since the last call: 0 to 1. */
    public void charge(double part) {
        long total = domain.microjoules();
        double charge = (total - seenMicrojoules) * part + remainder;
        long whole = (long) charge;
        remainder = charge - whole;
        microjoules.lazySet(microjoules.get() + whole);
        seenMicrojoules = total;
    }
}
