/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.sampling.DomainEnergies;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Deals out the energy of all domains, stretch by stretch, to what was going on: each stretch's in equal parts to the
 * trainings at work, or to nobody. Whole microjoules, so that the parts always add up. For the thread that follows.
 */
final class EnergyAllocator {

    private static final int PHASES = Phase.OF_TRAININGS.size();
    private static final int PARTS = PHASES * Framework.values().length;

    private long[] cumulative = {};

    /** By domain, then by framework, then by phase. */
    private long[] dealt = {};

    private long nanos;
    private boolean whole = true;
    private boolean nextIsWhole = true;

    EnergyAllocator(long startNanos) {
        this.nanos = startNanos;
    }

    /** What is known of the energies that are dealt out next. */
    void known(DomainEnergies.Known known) {
        nextIsWhole = known == DomainEnergies.Known.WHOLLY;
    }

    /** Until when energy has been dealt out. */
    long nanos() {
        return nanos;
    }

    /** The energy of all domains until then, in microjoules. */
    long totalMicrojoules(boolean[] ours) {
        long sum = 0;
        for (int domain = 0; domain < Math.min(ours.length, cumulative.length); domain++) {
            sum += ours[domain] ? cumulative[domain] : 0;
        }
        return sum;
    }

    /**
     * Deals out what was used since the last time.
     *
     * @param untilNanos an instant; one that lies before the last changes nothing
     * @param energies the domains' cumulative energies at that instant; those of domains that joined meanwhile among them
     */
    void advance(long untilNanos, long[] energies, List<Training> atWork) {
        if (untilNanos - nanos <= 0) {
            return;
        }
        nanos = untilNanos;
        if (!whole || !nextIsWhole) {
            // What a device used while it did not answer is dealt out when it does.
            atWork.forEach(Training::missesEnergy);
        }
        whole = nextIsWhole;
        grow(energies.length);
        for (int domain = 0; domain < energies.length; domain++) {
            long used = energies[domain] - cumulative[domain];
            if (used > 0) {
                cumulative[domain] = energies[domain];
                deal(domain, used, atWork);
            }
        }
        if (atWork.size() > 1) {
            atWork.forEach(Training::sharesTime);
        }
    }

    private void deal(int domain, long used, List<Training> atWork) {
        int parts = atWork.size();
        for (int i = 0; i < parts; i++) {
            // The rest of the division goes to the first ones.
            long part = used / parts + (i < used % parts ? 1 : 0);
            Training training = atWork.get(i);
            Optional<Phase> phase = training.phase();
            training.charge(phase.orElseThrow(), domain, part);
            for (EnclosingTraining around : training.around()) {
                around.charge(domain, part);
            }
            dealt[index(training.framework(), phase.orElseThrow(), domain)] += part;
        }
    }

    /** What a framework used in a phase of one domain, in microjoules. */
    long dealt(Framework framework, Phase phase, int domain) {
        return domain < cumulative.length ? dealt[index(framework, phase, domain)] : 0;
    }

    /** What has been dealt out of one domain, to trainings or to nobody, in microjoules. */
    long cumulative(int domain) {
        return domain < cumulative.length ? cumulative[domain] : 0;
    }

    /** What was dealt to nobody, of one domain, in microjoules. */
    long outside(int domain) {
        if (domain >= cumulative.length) {
            return 0;
        }
        long sum = cumulative[domain];
        for (int i = domain * PARTS; i < (domain + 1) * PARTS; i++) {
            sum -= dealt[i];
        }
        return sum;
    }

    private void grow(int domains) {
        if (domains > cumulative.length) {
            cumulative = Arrays.copyOf(cumulative, domains);
            dealt = Arrays.copyOf(dealt, domains * PARTS);
        }
    }

    private static int index(Framework framework, Phase phase, int domain) {
        return domain * PARTS + framework.ordinal() * PHASES + phase.ordinal();
    }
}
