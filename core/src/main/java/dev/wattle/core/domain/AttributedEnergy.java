/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The part of one domain's energy that is charged to this JVM. Whole microjoules are counted and the remainder is carried. The
 * thread that reads writes, any thread reads.
 */
public final class AttributedEnergy {

    private final DomainMeter domain;
    private final AtomicLong microjoules = new AtomicLong();
    private long chargedUntilMicrojoules;
    private double remainder;

    /** No energy of the domain yet. */
    public AttributedEnergy(DomainMeter domain) {
        this.domain = domain;
    }

    /** The domain whose energy is charged. */
    public DomainMeter domain() {
        return domain;
    }

    /** The energy charged so far, in microjoules; never decreases. */
    public long microjoules() {
        return microjoules.get();
    }

    /**
     * Charges a part of the energy that the domain used since the last call.
     *
     * @param part 0 to 1
     */
    public void charge(double part) {
        long total = domain.microjoules();
        double charge = (total - chargedUntilMicrojoules) * part + remainder;
        long whole = (long) charge;
        remainder = charge - whole;
        microjoules.lazySet(microjoules.get() + whole);
        chargedUntilMicrojoules = total;
    }
}
